import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Configuration } from '#config';
import type { AnyGuardrail } from '#core';
import { guardrails } from '#policies/guardrails/index';
import bucketPublic from '#policies/guardrails/s3/bucket-public';
import { type Twin, twinOf } from '#twin';
import { fate, happen } from '../support/twin';
import { configuration, MANAGEMENT, SECURITY, SHOP, sample } from './organization';
import {
  policiesOf,
  policyAt,
  readStack,
  resourcesOf,
  type StackJson,
  stackIds,
  synthesise,
} from './synthesised';

const without = (id: string): readonly AnyGuardrail[] => sample.filter((one) => one.id !== id);
const member = (guardrails: readonly AnyGuardrail[]) =>
  readStack(synthesise({ guardrails }), `member-${SHOP}`);
const security = (guardrails: readonly AnyGuardrail[]) =>
  readStack(synthesise({ guardrails }), 'security');

const gone = (before: readonly string[], after: readonly string[]) =>
  before.filter((name) => !after.includes(name));

test('the only guardrail of a service takes role, rules, queues and responder with it', () => {
  const fewer = without('sqs.queue-untagged');

  expect(gone(resourcesOf(member(sample)), resourcesOf(member(fewer)))).toEqual([
    'aws_iam_role.remediate-sqs_role',
    'aws_iam_role_policy.remediate-sqs_policy',
  ]);
  const removed = gone(resourcesOf(security(sample)), resourcesOf(security(fewer)));
  expect(removed).toEqual(
    expect.arrayContaining([
      'aws_lambda_function.respond-sqs_function',
      'aws_sqs_queue.respond-sqs_queue_queue',
      'aws_iam_role.respond-sqs_role_role',
    ]),
  );
  expect(removed.every((name) => name.includes('respond-sqs') || name.includes('code-sqs'))).toBe(
    true,
  );
});

test('no member forwards its calls any more, nor may the reader read for it', () => {
  const text = (guardrails: readonly AnyGuardrail[]) => JSON.stringify(member(guardrails).resource);

  expect(text(sample)).toContain('CreateQueue');
  expect(text(sample)).toContain('sqs:ListQueueTags');
  expect(text(without('sqs.queue-untagged'))).not.toContain('CreateQueue');
  expect(text(without('sqs.queue-untagged'))).not.toContain('sqs:ListQueueTags');
});

/** A second guardrail of the same service, so that the service stays. */
const another: AnyGuardrail = { ...bucketPublic, id: 's3.another' };

test('of two of a service, the one removed may no longer assume the role of repairs', () => {
  const trusted = (guardrails: readonly AnyGuardrail[]) =>
    JSON.stringify(
      policyAt(member(guardrails), 'aws_iam_role.remediate-s3_role.assume_role_policy'),
    );

  expect(trusted([...sample, another])).toContain('"s3.bucket-public"');
  expect(trusted([...without('s3.bucket-public'), another])).not.toContain('s3.bucket-public');
  expect(trusted([...without('s3.bucket-public'), another])).toContain('"s3.another"');
});

test('its settings are in no responder’s zip', () => {
  const kept = [...without('s3.bucket-public'), another];
  const outdir = synthesise({
    guardrails: kept,
    configuration: { ...configuration, settings: { 's3.another': { block: true } } },
  });
  const lambda = readStack(outdir, 'security').resource.aws_lambda_function;
  const filename = lambda?.['respond-s3_function'].filename;

  const zip = unzipSync(readFileSync(join(outdir, 'stacks', 'security', filename)));

  const deployed = JSON.parse(Buffer.from(zip['deployment.json'] ?? []).toString());
  expect(Object.keys(deployed.settings)).toEqual(['s3.another']);
});

describe.each(guardrails.map(({ id }) => id))('without %s', (id) => {
  const kept = guardrails.filter((one) => one.id !== id);
  const own = guardrails.filter((one) => one.id === id);
  /** What only the removed one needs. */
  const alone = (of: (guardrail: AnyGuardrail) => readonly string[]) => {
    const others = new Set(kept.flatMap(of));
    return [...new Set(own.flatMap(of))].filter((one) => !others.has(one));
  };
  const stacksOf = (installed: readonly AnyGuardrail[]) => {
    const outdir = synthesise({ guardrails: installed });
    return stackIds(outdir).map((stack) => readStack(outdir, stack));
  };
  const rulesIn = (stacks: readonly StackJson[]) =>
    JSON.stringify(stacks.map(({ resource }) => resource.aws_cloudwatch_event_rule));
  const actionsIn = (stacks: readonly StackJson[]) =>
    stacks
      .flatMap((stack) => [...policiesOf(stack)])
      .filter(([address]) => /^aws_iam_role_policy\.(reader|remediate)/.test(address))
      .flatMap(([, { Statement }]) => Statement.flatMap(({ Action }) => Action));

  it('no rule names its calls, no role has its permissions or trusts it, and no stack names it', () => {
    const [before, after] = [stacksOf(guardrails), stacksOf(kept)];
    const events = alone(({ triggers }) =>
      triggers.flatMap(({ operation }) => operation.trail.names),
    );
    const actions = alone(({ reads, writes }) => [...reads, ...writes].flatMap(({ iam }) => iam));

    for (const name of events) {
      expect(rulesIn(before)).toContain(`\\"${name}\\"`);
      expect(rulesIn(after)).not.toContain(`\\"${name}\\"`);
    }
    expect(actionsIn(before)).toEqual(expect.arrayContaining(actions));
    expect(actionsIn(after).filter((action) => actions.includes(action))).toEqual([]);
    expect(JSON.stringify(after.map(({ resource }) => resource))).not.toContain(id);
  });
});

describe('a user is created after the guardrail against it was removed,', () => {
  const kept = guardrails.filter(({ id }) => id !== 'iam.user-created');
  const enforced: Configuration = {
    ...configuration,
    modes: [{ guardrail: '*', on: '/', mode: 'enforce' }],
  };
  const synthesised = (installed: readonly AnyGuardrail[]) =>
    synthesise({ guardrails: installed, configuration: enforced });
  const twinIn = (outdir: string, installed: readonly AnyGuardrail[]) =>
    twinOf({
      ...{ outdir, guardrails: installed, start: new Date('2026-01-01T09:00:00Z') },
      organization: {
        ...{ id: configuration.organization.id, managementAccount: MANAGEMENT },
        levels: new Map([
          [SECURITY, ['r-exam', SECURITY]],
          [SHOP, ['r-exam', SHOP]],
        ]),
        names: new Map(),
      },
    });
  /** What became of a new user and of its new key; a user is repaired by a policy that denies all. */
  async function madeIn(twin: Twin) {
    const place = { account: SHOP, region: 'us-east-1' };
    const user = await happen(twin, 'iam:CreateUser', { UserName: 'mailer' }, place);
    const isDenied = JSON.stringify(twin.accounts.get(SHOP)).includes('AWSDenyAll');
    const key = await happen(twin, 'iam:CreateAccessKey', { UserName: 'mailer' }, place);
    return { user: fate(user.journeys), isDenied, key: fate(key.journeys) };
  }

  it('before which it was repaired', async () => {
    expect(await madeIn(twinIn(synthesised(guardrails), guardrails))).toMatchObject({
      ...{ user: expect.stringContaining('repaired'), isDenied: true },
    });
  });

  it('and nothing is done by a responder that its event still reaches', async () => {
    const { user, isDenied, key } = await madeIn(twinIn(synthesised(guardrails), kept));

    expect([user, isDenied]).toEqual(['ignored', false]);
    expect(key).toContain('repaired');
  });

  it('and nothing is done where only the security stack was deployed since', async () => {
    const outdir = synthesised(guardrails);
    cpSync(join(synthesised(kept), 'stacks', 'security'), join(outdir, 'stacks', 'security'), {
      ...{ recursive: true, force: true },
    });

    const { user, isDenied, key } = await madeIn(twinIn(outdir, kept));

    expect(user).toMatch(/^no rule of the bus parapet-bus .* matches CreateUser$/);
    expect(isDenied).toBe(false);
    expect(key).toContain('repaired');
  });
});
