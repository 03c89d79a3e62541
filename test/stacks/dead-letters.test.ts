import { guardrails } from '#policies/guardrails/index';
import { deadLetterQueues } from '../../src/cli/dead-letters/queues';
import { configuration } from './organization';
import { readStack, type StackJson, stackIds, synthesise } from './synthesised';

/** Account, Region and name of every queue of a stack. */
function queuesOf({ provider, resource }: StackJson): readonly string[] {
  const places = new Map(
    provider.aws.map(({ alias, region, allowed_account_ids: [account] }) => [
      `aws.${alias}`,
      `${account} ${region}`,
    ]),
  );
  return Object.values(resource.aws_sqs_queue ?? {}).map(
    ({ provider: alias, name }) => `${places.get(alias)} ${name}`,
  );
}

/** Queues that something takes from by itself. */
const isTakenFrom = (queue: string): boolean =>
  guardrails.some(({ id }) => queue.endsWith(` parapet-respond-${id.split('.')[0]}`)) ||
  / parapet-(notify|security-hub|vending)$/.test(queue);

test('`parapet dlq` knows every queue of all stacks that nothing takes from', () => {
  const outdir = synthesise({ configuration, guardrails });
  const made = stackIds(outdir).flatMap((id) => queuesOf(readStack(outdir, id)));

  const known = deadLetterQueues(configuration, guardrails).map(
    ({ account, region, queue }) => `${account} ${region} ${queue}`,
  );

  expect(made.length).toBeGreaterThan(10);
  expect(known.toSorted()).toEqual(made.filter((queue) => !isTakenFrom(queue)).toSorted());
});

test('what it moves back goes to a queue whose dead letters these are', () => {
  const { aws_sqs_queue: queues = {} } = readStack(
    synthesise({ configuration, guardrails }),
    'security',
  ).resource;
  const byName = new Map(Object.entries(queues).map(([id, { name }]) => [name, id]));
  const redriveOf = (name: string) => queues[byName.get(name) ?? '']?.redrive_policy ?? '{}';

  const moved = deadLetterQueues(configuration, guardrails).flatMap(({ queue, redrive }) =>
    redrive.kind === 'move' ? [{ from: queue, to: redrive.to }] : [],
  );

  expect(moved.map(({ to }) => to)).toContain('parapet-notify');
  for (const { from, to } of moved)
    expect({ to, dead: JSON.parse(redriveOf(to)).deadLetterTargetArn }).toEqual({
      ...{ to, dead: `\${aws_sqs_queue.${byName.get(from)}.arn}` },
    });
});
