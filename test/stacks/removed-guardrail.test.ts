import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { AnyGuardrail } from '#core';
import { handle } from '#engine';
import bucketPublic from '#policies/guardrails/s3/bucket-public';
import { openBucket, withBuckets } from '../support/buckets';
import { trailEvent } from '../support/event';
import { memory } from '../support/memory';
import { configuration, SHOP, sample } from './organization';
import { policyAt, readStack, resourcesOf, synthesise } from './synthesised';

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

test('a responder without it decides nothing of it, though the state violates', async () => {
  const event = trailEvent({ requestParameters: { bucketName: 'orders' } });
  const [before, after] = [[bucketPublic], []].map((guardrails) => {
    const made = memory({ guardrails });
    made.accounts.set(event.account, withBuckets({ orders: openBucket() }));
    return made;
  });
  if (!before || !after) throw new Error('two engines');

  await handle(event, before.engine, { isLastTry: false });
  await handle(event, after.engine, { isLastTry: false });

  expect(before.writes()).toBeGreaterThan(0);
  expect(after.done).toEqual([]);
});
