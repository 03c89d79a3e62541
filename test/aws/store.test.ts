import { createHash } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { storePorts } from '#aws/store';
import type { Decision, Intent } from '#core';
import type { DecisionSummary } from '#engine';
import { trailEvent } from '../support/event';
import { fakeAws, type Reply } from '../support/fake-aws';

const event = trailEvent({ eventName: 'PutBucketAcl' });
const intent: Intent = {
  ...{ id: 'd-1', cause: { kind: 'event', event }, ouPath: '/' },
  guardrail: { id: 's3.bucket-public', version: 1 },
  resource: {
    ...{ type: 'AWS::S3::Bucket', arn: 'arn:aws:s3:::orders' },
    ...{ account: '444444444444', region: 'eu-west-1' },
  },
  ...{ mode: 'enforce', modeFrom: 'default' },
  verdict: { verdict: 'violates', reason: 'the ACL grants READ to everyone' },
  ...{ before: { acl: 'public' }, planned: [], at: {} },
};
const decision: Decision = { ...intent, outcome: 'repaired', made: [] };

/** A store whose bucket and table are asked by the SDK's own clients. */
function storeWith(reply: (path: string) => Reply = () => ({})) {
  const published: DecisionSummary[] = [];
  const { asked, requestHandler } = fakeAws(({ path, signed }) =>
    signed.service === 'dynamodb' ? { body: '{}' } : reply(path),
  );
  const options = {
    ...{ region: 'eu-west-1', requestHandler, maxAttempts: 1 },
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
  };
  const store = storePorts({
    ...{ table: 'decisions', bucket: 'bodies', s3: new S3Client(options) },
    dynamo: DynamoDBDocumentClient.from(new DynamoDBClient(options), {
      marshallOptions: { removeUndefinedValues: true },
    }),
    publish: async (summary) => {
      published.push(summary);
    },
    now: () => new Date('2026-11-21T10:00:00Z'),
    sleep: async () => undefined,
  });
  /** What was asked for, in order: a body by what it holds. */
  const done = () =>
    asked.map(({ signed, body }) => {
      if (signed.service === 'dynamodb') return 'table';
      if (body === JSON.stringify(event.raw)) return 'event';
      return JSON.parse(body).outcome ?? 'intent';
    });
  return { store, published, done };
}

test('of a repair the event and the state are kept before anything is written, each once', async () => {
  const { store, published, done } = storeWith();

  await store.keep(intent);
  const before = done();
  await store.record(decision, 1);

  expect(before).toEqual(['event', 'intent']);
  expect(done()).toEqual(['event', 'intent', 'repaired', 'table', 'table']);
  const sha256 = createHash('sha256').update(JSON.stringify(event.raw)).digest('hex');
  expect(published.map((summary) => summary.event?.sha256)).toEqual([sha256]);
});

test('what was only judged has its event kept with the record', async () => {
  const { store, published, done } = storeWith();

  await store.record({ ...decision, outcome: 'nothing' }, 1);

  expect(done()).toEqual(['nothing', 'event', 'table', 'table']);
  expect(published).toHaveLength(1);
});

test('an event that wakes two guardrails is kept once, and each decision names it', async () => {
  const { store, published, done } = storeWith();

  await store.record({ ...decision, id: 'd-1' }, 1);
  await store.record({ ...decision, id: 'd-2' }, 1);

  expect(done().filter((one) => one === 'event')).toHaveLength(1);
  expect(published.map((summary) => summary.event)).toEqual([
    published[0]?.event,
    published[0]?.event,
  ]);
  expect(published[0]?.event).toBeDefined();
});

test('an event that the bucket did not take is not taken for kept', async () => {
  const replies: Reply[] = [{ status: 503 }];
  const { store, done } = storeWith(() => replies.shift() ?? {});

  await expect(store.keep(intent)).rejects.toThrow();
  await store.keep(intent);

  expect(done()).toEqual(['event', 'event', 'intent']);
});
