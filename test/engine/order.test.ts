import fc from 'fast-check';
import { type Call, type Json, type JsonObject, parseTrailEvent, type TrailEvent } from '#core';
import { handle } from '#engine';
import { guardrails } from '#policies/guardrails/index';
import { envelopeOf, recordOf } from '#twin/trail';
import { OPEN_POLICY } from '../support/buckets';
import { type Memory, memory } from '../support/memory';
import { ownEvents } from '../support/own-events';

const account = '444444444444';
const region = 'eu-west-1';
const on = { type: '', arn: '', account, region };
type Made = Pick<Call, 'operation' | 'input' | 'on'>;

const flags = (value: boolean) => ({
  BlockPublicAcls: value,
  IgnorePublicAcls: value,
  BlockPublicPolicy: value,
  RestrictPublicBuckets: value,
});
const only = (flag: string) => ({ ...flags(false), [flag]: true });
const onBucket = (Bucket: string): readonly Made[] =>
  (
    [
      ['s3:DeletePublicAccessBlock', {}],
      ['s3:PutPublicAccessBlock', { PublicAccessBlockConfiguration: flags(false) }],
      ['s3:PutPublicAccessBlock', { PublicAccessBlockConfiguration: flags(true) }],
      ['s3:PutPublicAccessBlock', { PublicAccessBlockConfiguration: only('IgnorePublicAcls') }],
      ['s3:PutPublicAccessBlock', { PublicAccessBlockConfiguration: only('BlockPublicPolicy') }],
      [
        's3:PutPublicAccessBlock',
        { PublicAccessBlockConfiguration: only('RestrictPublicBuckets') },
      ],
      ['s3:PutBucketAcl', { ACL: 'public-read' }],
      ['s3:PutBucketAcl', { ACL: 'private' }],
      ['s3:PutBucketPolicy', { Policy: OPEN_POLICY }],
      ['s3:DeleteBucketPolicy', {}],
    ] as const
  ).map(([operation, input]) => ({ operation, input: { Bucket, ...input }, on }));
const onQueue = (QueueName: string, tags: JsonObject): Made => ({
  operation: 'sqs:CreateQueue',
  input: { QueueName, tags },
  on,
});

const call = fc.constantFrom<Made>(
  ...onBucket('orders'),
  ...onBucket('invoices'),
  onQueue('orders', {}),
  onQueue('orders', { owner: 'team' }),
  onQueue('invoices', { owner: 'team', creator: 'pipeline' }),
);
const calls = fc.array(call, { maxLength: 12 });

/** Two buckets that may have ACLs, and nothing else. */
function fresh(): Memory {
  const made = memory({ guardrails });
  for (const Bucket of ['orders', 'invoices'])
    made.make({
      operation: 's3:CreateBucket',
      input: { Bucket, ObjectOwnership: 'BucketOwnerPreferred' },
      on,
    });
  return made;
}

/** Makes a call by a person, and gives the event of it. */
function eventOf(one: Made, made: Memory, number: number): TrailEvent {
  const at = new Date(Date.UTC(2026, 10, 21, 9, 0, number));
  const caller = { type: 'IAMUser', arn: `arn:aws:iam::${account}:user/ana`, userName: 'ana' };
  const record = recordOf({ ...one, answer: made.make(one), account, region, caller, at });
  return parseTrailEvent(JSON.stringify(envelopeOf(record, { account, region, at })));
}

const deliver = (event: TrailEvent, made: Memory) =>
  handle(event, made.engine, { isLastTry: false });

/** By hand, not by the guardrails: what the state says to a stranger, and to who looks for an owner. */
function faults(world: Json | undefined): readonly string[] {
  const { s3 = {}, sqs = {} } = (world ?? {}) as {
    s3?: Record<string, { acl: unknown; policy?: string; block?: Record<string, boolean> }>;
    sqs?: Record<string, { tags: Record<string, string> }>;
  };
  const open = Object.entries(s3).filter(
    ([, { acl, policy, block }]) =>
      (JSON.stringify(acl).includes('AllUsers') && block?.IgnorePublicAcls !== true) ||
      (policy?.includes('"Principal":"*"') && block?.RestrictPublicBuckets !== true),
  );
  const untagged = Object.entries(sqs).filter(([, { tags }]) => !tags.owner || !tags.creator);
  return [...open, ...untagged].map(([name]) => name);
}

test('in whatever order and however often events come, the state ends the same, without a fault', async () => {
  const deliveries = fc.array(fc.nat(), { maxLength: 30 });

  await fc.assert(
    fc.asyncProperty(calls, deliveries, async (made, picks) => {
      const inOrder = fresh();
      const events = made.map((one, i) => eventOf(one, inOrder, i));
      const before = faults(inOrder.accounts.get(account));
      for (const event of events) await deliver(event, inOrder);

      const shuffled = fresh();
      const same = made.map((one, i) => eventOf(one, shuffled, i));
      const order = [...picks.map((pick) => same[pick % same.length]), ...same.toReversed()];
      for (const event of order) if (event) await deliver(event, shuffled);

      expect(shuffled.accounts.get(account)).toEqual(inOrder.accounts.get(account));
      expect(faults(shuffled.accounts.get(account))).toEqual([]);
      expect(shuffled.writes()).toBe(inOrder.writes());
      if (before.length === 0) expect(shuffled.writes()).toBe(0);
      const ids = shuffled.decisions.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});

test('whenever between the calls events come, the state ends without a fault and then stays', async () => {
  const steps = fc.array(fc.record({ one: call, pick: fc.nat() }), { minLength: 1, maxLength: 12 });

  await fc.assert(
    fc.asyncProperty(steps, async (list) => {
      const made = fresh();
      const waiting: TrailEvent[] = [];
      for (const [i, { one, pick }] of list.entries()) {
        waiting.push(eventOf(one, made, i));
        if (pick % 2 === 0) {
          const [event] = waiting.splice(pick % waiting.length, 1);
          if (event) await deliver(event, made);
        }
      }
      for (const event of waiting) await deliver(event, made);
      const end = JSON.stringify(made.accounts.get(account));
      const writes = made.writes();

      const own = made.decisions.flatMap(ownEvents);
      for (const event of own) await deliver(event, made);
      for (const [i, { one }] of list.entries())
        if (one.operation.startsWith('sqs')) await deliver(eventOf(one, made, 100 + i), made);

      expect(faults(JSON.parse(end))).toEqual([]);
      expect(JSON.stringify(made.accounts.get(account))).toBe(end);
      expect(made.writes()).toBe(writes);
    }),
  );
});
