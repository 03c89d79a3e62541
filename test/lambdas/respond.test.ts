import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { unzipSync } from 'fflate';
import { bundle } from '#modules/bundle';
import { type AwsServer, awsServer } from '../support/aws-server';
import { deployment } from '../support/deployment';
import { envelope } from '../support/event';

const ENVIRONMENT = {
  ...{ AWS_REGION: 'us-east-1', AWS_MAX_ATTEMPTS: '1', POWERTOOLS_DEV: 'false' },
  ...{ AWS_ACCESS_KEY_ID: 'RESPONDER', AWS_SECRET_ACCESS_KEY: 's', POWERTOOLS_LOG_LEVEL: 'SILENT' },
  ...{ PARAPET_DECISIONS_TABLE: 'parapet-decisions', PARAPET_BODIES_BUCKET: 'bodies' },
  PARAPET_BUS_NAME: 'parapet-bus',
};

let folder: string;
let server: AwsServer;
let lambda: ChildProcess;

/** A process of its own, as in Lambda: Jest's virtual machine has no dynamic imports. */
const RUNTIME = `
const { handler } = require('./index.js');
process.on('message', async (event) =>
  process.send(await handler(event, { getRemainingTimeInMillis: () => 60000 })));
`;

/** The function as it is deployed: bundled, shortened, with the configuration beside it. */
beforeAll(async () => {
  server = await awsServer();
  folder = mkdtempSync(path.join(tmpdir(), 'parapet-respond-'));
  const files = unzipSync(
    bundle({
      entry: path.resolve(__dirname, '../../lambdas/respond/sqs.ts'),
      files: { 'deployment.json': JSON.stringify(deployment()) },
    }),
  );
  for (const [name, bytes] of Object.entries(files)) writeFileSync(path.join(folder, name), bytes);
  writeFileSync(path.join(folder, 'runtime.js'), RUNTIME);
  lambda = fork(path.join(folder, 'runtime.js'), {
    env: {
      ...ENVIRONMENT,
      AWS_ENDPOINT_URL: server.url,
      PARAPET_REJECTS_QUEUE_URL: `${server.url}/222222222222/parapet-rejects`,
    },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
});

afterAll(async () => {
  lambda.kill();
  await server.close();
  rmSync(folder, { recursive: true });
});

async function invoke(event: SQSEvent): Promise<SQSBatchResponse> {
  lambda.send(event);
  const [answer] = await once(lambda, 'message');
  return answer;
}

beforeEach(() => {
  server.received.length = 0;
  server.instead.clear();
});

const created = (queueName: string, eventID: string) =>
  envelope({
    eventSource: 'sqs.amazonaws.com',
    eventName: 'CreateQueue',
    eventID,
    requestParameters: { queueName },
  });

/** Hands messages over as SQS does, each received for the given time. */
const receive = async (bodies: readonly string[], times = 1): Promise<SQSBatchResponse> => {
  const { batchItemFailures } = await invoke({
    Records: bodies.map((body, i) => ({
      ...{ messageId: `m-${i}`, receiptHandle: 'h', body, messageAttributes: {}, md5OfBody: '' },
      ...{ eventSource: 'aws:sqs', eventSourceARN: 'arn', awsRegion: 'us-east-1' },
      attributes: {
        ApproximateReceiveCount: String(times),
        ...{ SentTimestamp: '0', SenderId: 'x', ApproximateFirstReceiveTimestamp: '0' },
      },
    })),
  });
  return failed(...batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).sort());
};

const calls = () =>
  server.received.map(({ call, by }) => `${by} ${call.replace(/[0-9a-f]{64}/, '<hash>')}`);
const rejected = () =>
  server.received
    .filter(({ call }) => call === 'sqs SendMessage')
    .map(({ body }) => {
      const { QueueUrl, MessageBody, MessageAttributes } = JSON.parse(body);
      expect(QueueUrl).toBe(`${server.url}/222222222222/parapet-rejects`);
      const { reason, from } = MessageAttributes;
      return { body: MessageBody, reason: reason.StringValue, from: from.StringValue };
    });
const failed = (...ids: readonly string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});
const summaries = () =>
  server.received
    .filter(({ call }) => call === 'events PutEvents')
    .map(({ body }) => JSON.parse(JSON.parse(body).Entries[0].Detail));

test('an event is claimed, judged, kept, repaired, recorded and published, in this order', async () => {
  let looks = 0;
  const tags = { owner: 'ana', creator: 'arn:aws:iam::444444444444:user/ana' };
  server.instead.set('sqs ListQueueTags', {
    get body() {
      return JSON.stringify(looks++ === 0 ? {} : { Tags: tags });
    },
  });

  const answer = await receive([created('orders', 'e-1')]);

  expect(answer).toEqual(failed());
  expect(calls()).toEqual([
    'RESPONDER dynamodb TransactWriteItems',
    'RESPONDER sts AssumeRole',
    'parapet-reader sqs ListQueueTags',
    'RESPONDER s3 PUT /bodies/sha256/<hash>.json',
    'RESPONDER s3 PUT /bodies/sha256/<hash>.json',
    'RESPONDER sts AssumeRole',
    'parapet-remediate-sqs sqs TagQueue',
    'parapet-reader sqs ListQueueTags',
    'RESPONDER s3 PUT /bodies/sha256/<hash>.json',
    'RESPONDER dynamodb TransactWriteItems',
    'RESPONDER events PutEvents',
    'RESPONDER dynamodb UpdateItem',
  ]);
  expect(
    JSON.parse(server.received.find(({ call }) => call === 'sqs TagQueue')?.body ?? ''),
  ).toEqual({
    QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/444444444444/orders',
    Tags: tags,
  });
  expect(summaries()).toMatchObject([{ guardrail: 'sqs.queue-untagged', outcome: 'repaired' }]);
});

test('what cannot be judged is rejected at once with its reason, and the rest of the batch is judged', async () => {
  const hostile = created('../x', 'e-3');

  const answer = await receive(['not JSON', created('orders', 'e-2'), hostile, '']);

  expect(answer).toEqual(failed());
  expect(rejected().toSorted((a, b) => b.body.localeCompare(a.body))).toEqual([
    { body: 'not JSON', reason: 'unjudgeable-event: the event is not JSON', from: 'sqs' },
    { body: hostile, reason: 'unjudgeable-event: the event names no possible queue', from: 'sqs' },
    { body: ' ', reason: 'unjudgeable-event: the event is not JSON', from: 'sqs' },
  ]);
  expect(summaries()).toHaveLength(1);
});

describe('where a read is throttled', () => {
  beforeEach(() => {
    server.instead.set('sqs ListQueueTags', {
      status: 400,
      body: '{"__type":"com.amazonaws.sqs#RequestThrottled","message":"slow down"}',
    });
  });

  test('the message comes again, alone of its batch', async () => {
    expect(await receive([created('orders', 'e-4'), 'not JSON'])).toEqual(failed('m-0'));
    expect(rejected()).toHaveLength(1);
    expect(summaries()).toEqual([]);
  });

  test('the last try is recorded as undetermined', async () => {
    expect(await receive([created('orders', 'e-5')], 5)).toEqual(failed());
    expect(summaries()).toMatchObject([
      {
        outcome: 'undetermined',
        reason: 'sqs:ListQueueTags was refused: throttled (RequestThrottled)',
      },
    ]);
    expect(rejected()).toEqual([]);
  });
});

describe('where the table fails', () => {
  beforeEach(() => {
    server.instead.set('dynamodb TransactWriteItems', {
      status: 400,
      body: '{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"no table"}',
    });
  });

  test('all messages come again', async () => {
    expect(await receive([created('orders', 'e-6'), created('orders', 'e-7')])).toEqual(
      failed('m-0', 'm-1'),
    );
    expect(calls()).not.toContain('parapet-remediate-sqs sqs TagQueue');
  });

  test('the last try goes to the reject queue with the reason', async () => {
    const body = created('orders', 'e-8');

    expect(await receive([body], 5)).toEqual(failed());
    expect(rejected()).toEqual([
      { body, reason: 'ResourceNotFoundException: no table', from: 'sqs' },
    ]);
  });

  test('and the reject queue fails too, the message is left to its dead-letter queue', async () => {
    server.instead.set('sqs SendMessage', { status: 500, body: '{}' });

    expect(await receive([created('orders', 'e-9')], 5)).toEqual(failed('m-0'));
  });
});

test('a failed call costs nothing: no claim, no look', async () => {
  const body = envelope({
    eventSource: 'sqs.amazonaws.com',
    eventName: 'CreateQueue',
    errorCode: 'AccessDenied',
    requestParameters: { queueName: 'orders' },
  });

  expect(await receive([body])).toEqual(failed());
  expect(calls()).toEqual([]);
});
