import { at, type Json, names, textAt } from '#core';
import type { DecisionSummary } from '#engine';
import { makeCall } from '#sandbox/calls';
import { asRoot } from '#sandbox/clients';
import { openableBucket } from './buckets';
import { statesIn } from './states';
import { uniqueName, until, worldIn } from './world';

const { sandbox, developer, decided } = worldIn();
const region = 'eu-west-1';
const ana = developer('sandbox-ana', region);
const { account, region: home } = sandbox.security;
const states = statesIn(sandbox);
const machine = `arn:aws:states:${home}:${account}:stateMachine:${names.escalation}`;

let Bucket: string;
let violation: DecisionSummary;

beforeAll(async () => {
  Bucket = await openableBucket('open', ana, region);
  await ana('s3:PutBucketAcl', { Bucket, ACL: 'public-read' });
  violation = await decided(`arn:aws:s3:::${Bucket}`, ({ outcome }) => outcome === 'shadowed');
});

/** What the deployed function finds when it looks at the violation now. */
async function secondLook(): Promise<Json> {
  const answer = await makeCall(asRoot(sandbox, account, home), 'lambda:Invoke', {
    FunctionName: names.lookAgain,
    Payload: JSON.stringify(violation),
  });
  const { FunctionError, Payload } = answer as { FunctionError?: string; Payload: Uint8Array };
  expect(FunctionError).toBeUndefined();
  return JSON.parse(Buffer.from(Payload).toString());
}

const items = (value: unknown, key: string): readonly Json[] =>
  (at(value as Json, key) ?? []) as readonly Json[];

/** The states that an execution has entered, in order. */
const entered = async (executionArn: string): Promise<readonly (string | undefined)[]> =>
  items(await states('GetExecutionHistory', { executionArn }), 'events').flatMap((event) =>
    textAt(event, 'type')?.endsWith('StateEntered')
      ? [textAt(event, 'stateEnteredEventDetails', 'name')]
      : [],
  );

test('a critical violation that stands open in shadow is alerted by the state machine, which then waits', async () => {
  const execution = await until(async () => {
    for (const one of items(
      await states('ListExecutions', { stateMachineArn: machine }),
      'executions',
    )) {
      const executionArn = textAt(one, 'executionArn') ?? '';
      const input = textAt(await states('DescribeExecution', { executionArn }), 'input') ?? '{}';
      if (textAt(JSON.parse(input), 'id') === violation.id) return executionArn;
    }
    return false;
  });

  const waiting = await until(async () => {
    const names = await entered(execution);
    return names.includes('Wait') && names;
  });
  expect(waiting).toEqual(['Enrich', 'Alert', 'Wait']);
});

/** Runs what is deployed, but for the half hour that it waits, and gives what it knows in the end. */
async function runAtOnce(): Promise<{
  readonly went: readonly unknown[];
  readonly again: unknown;
}> {
  const deployed = await states('DescribeStateMachine', { stateMachineArn: machine });
  const definition = JSON.parse(textAt(deployed, 'definition') ?? '{}');
  definition.States.Wait.Seconds = 1;
  const copy = await states('CreateStateMachine', {
    name: uniqueName('at-once'),
    roleArn: textAt(deployed, 'roleArn') ?? '',
    definition: JSON.stringify(definition),
  });
  const stateMachineArn = textAt(copy, 'stateMachineArn') ?? '';
  const input = JSON.stringify(violation);
  const executionArn =
    textAt(await states('StartExecution', { stateMachineArn, input }), 'executionArn') ?? '';
  const ended = await until(async () => {
    const execution = await states('DescribeExecution', { executionArn });
    return textAt(execution, 'status') !== 'RUNNING' && execution;
  });
  expect(textAt(ended, 'status')).toBe('SUCCEEDED');
  const output = JSON.parse(textAt(ended, 'output') ?? '{}');
  await states('DeleteStateMachine', { stateMachineArn });
  return { went: await entered(executionArn), again: output.again };
}

test('the second look judges that it violates while it stands open, and it is escalated', async () => {
  const open = { verdict: 'violates', reason: 'the ACL grants READ to everyone' };

  expect(await secondLook()).toEqual(open);
  expect(await runAtOnce()).toEqual({
    went: ['Enrich', 'Alert', 'Wait', 'LookAgain', 'StandsOpen', 'Escalate'],
    again: open,
  });
});

test('the second look judges that it complies once it was mended by hand, and nobody is told', async () => {
  await ana('s3:PutBucketAcl', { Bucket, ACL: 'private' });

  expect(await secondLook()).toMatchObject({ verdict: 'complies' });
  expect((await runAtOnce()).went).toEqual([
    ...['Enrich', 'Alert', 'Wait', 'LookAgain', 'StandsOpen', 'Mended'],
  ]);
});
