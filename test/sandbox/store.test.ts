import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { storePorts } from '#aws/store';
import { type Decision, decisionId, parseTrailEvent } from '#core';
import type { DecisionSummary } from '#engine';
import { asRoot } from '#sandbox/clients';
import { envelope } from '../support/event';
import { uniqueName, worldIn } from './world';

const { sandbox } = worldIn();
const options = asRoot(sandbox, sandbox.security.account, sandbox.security.region);
const client = new DynamoDBClient(options);
const dynamo = DynamoDBDocumentClient.from(client);
const table = uniqueName('store');
const published: DecisionSummary[] = [];
const clock = { now: new Date('2026-11-21T10:00:00Z') };

const store = storePorts({
  ...{ table, dynamo, bucket: sandbox.names.bodies, s3: new S3Client(options) },
  publish: async (summary) => {
    published.push(summary);
  },
  now: () => clock.now,
  // Who is busy is asked again at once: these tests do not wait for somebody to finish.
  sleep: async () => undefined,
});

const after = (seconds: number): Date => new Date(clock.now.getTime() + seconds * 1000);

function wanted(resource = uniqueName('arn:aws:s3:::')) {
  const key = uniqueName('key');
  return { id: decisionId(key), key, resource };
}

const decisionOf = ({ id, resource }: ReturnType<typeof wanted>): Decision => ({
  id,
  cause: { kind: 'event', event: parseTrailEvent(envelope({ eventName: 'PutBucketAcl' })) },
  guardrail: { id: 's3.bucket-public', version: 1 },
  resource: {
    type: 'AWS::S3::Bucket',
    arn: resource,
    account: '444444444444',
    region: 'eu-west-1',
  },
  ouPath: '/',
  mode: 'enforce',
  modeFrom: 'default',
  verdict: { verdict: 'complies', reason: 'it does' },
  outcome: 'nothing',
  before: null,
  planned: [],
  made: [],
  at: {},
});

beforeAll(async () => {
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    }),
  );
});

afterAll(async () => {
  await client.send(new DeleteTableCommand({ TableName: table }));
});

beforeEach(() => {
  clock.now = new Date('2026-11-21T10:00:00Z');
  published.length = 0;
});

test('of ten who claim one decision at once, one is granted it', async () => {
  const one = wanted();

  const claims = await Promise.all(Array.from({ length: 10 }, () => store.claim(one, after(60))));

  expect(claims.map(({ kind }) => kind).toSorted()).toEqual([
    ...Array.from({ length: 9 }, () => 'busy'),
    'granted',
  ]);
});

test('while a resource is leased, another decision on it is busy and leaves no claim behind', async () => {
  const one = wanted();
  const other = wanted(one.resource);
  await store.claim(one, after(60));

  const claim = await store.claim(other, after(60));

  const { Item: item } = await dynamo.send(
    new GetCommand({ TableName: table, Key: { id: other.id } }),
  );
  expect([claim, item]).toEqual([{ kind: 'busy' }, undefined]);
});

test('a decision that is final is done, and frees its resource', async () => {
  const one = wanted();
  const claim = await store.claim(one, after(60));
  if (claim.kind !== 'granted') throw new Error('it was not granted');

  await store.record(decisionOf(one), claim.fence);

  expect(await store.claim(one, after(60))).toEqual({ kind: 'done' });
  expect(await store.claim(wanted(one.resource), after(60))).toMatchObject({ kind: 'granted' });
  expect(published.map(({ id }) => id)).toEqual([one.id]);
});

test('a claim whose lease has run out is taken over', async () => {
  const one = wanted();
  await store.claim(one, after(60));
  clock.now = after(61);

  expect(await store.claim(one, after(60))).toEqual({
    kind: 'granted',
    fence: after(60).getTime(),
  });
});

test('who lost a claim by its age cannot record; who took it over can', async () => {
  const one = wanted();
  const late = await store.claim(one, after(60));
  clock.now = after(61);
  const next = await store.claim(one, after(60));
  if (late.kind !== 'granted' || next.kind !== 'granted') throw new Error('not granted');

  await expect(store.record(decisionOf(one), late.fence)).rejects.toMatchObject({
    name: 'TransactionCanceledException',
  });

  expect(published).toEqual([]);
  await store.record(decisionOf(one), next.fence);
  expect(published.map(({ id }) => id)).toEqual([one.id]);
});

test('the last good state is handed back as it was remembered', async () => {
  const state = { acl: { Grants: [] }, policy: null };

  await store.remember('s3.bucket-public', 'arn:aws:s3:::x', state);

  expect(await store.lastGood('s3.bucket-public', 'arn:aws:s3:::x')).toEqual(state);
  expect(await store.lastGood('s3.bucket-public', 'arn:aws:s3:::other')).toBeUndefined();
});
