import type { KinesisStreamEvent } from 'aws-lambda';
import { forwardSiem } from '#lambdas/forward-siem/forward-siem';
import { bundle, LARGEST_BUNDLE_BYTES } from '#modules/bundle';
import type { StreamRecord } from '#siem';
import { eventRecord, sequenceOf, textRecord } from '../../siem/stream';
import { type SimOptions, startSim } from '../../siem-sim/siem-sim';
import { startAws } from './aws-sim';

const before = { ...process.env };
const open: { close(): Promise<void> }[] = [];
const logged: string[] = [];

beforeEach(() => {
  logged.length = 0;
  jest.spyOn(process.stdout, 'write').mockImplementation((line) => logged.push(String(line)) > 0);
});
afterEach(async () => {
  jest.restoreAllMocks();
  process.env = { ...before };
  for (const one of open.splice(0)) await one.close();
});

const kinesisEvent = (records: readonly StreamRecord[]): KinesisStreamEvent => ({
  Records: records.map(({ sequence, partitionKey, data, arrived }) => ({
    kinesis: {
      ...{ kinesisSchemaVersion: '1.0', partitionKey, sequenceNumber: sequence },
      data: data.toString('base64'),
      approximateArrivalTimestamp: arrived / 1000,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `shardId-000000000000:${sequence}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: 'arn:aws:iam::222222222222:role/parapet-forward-siem',
    awsRegion: 'us-east-1',
    eventSourceARN: 'arn:aws:kinesis:us-east-1:222222222222:stream/parapet-siem',
  })),
});

/** The function as it is deployed, but for AWS and the receiver being on this machine. */
async function given(sim: Partial<SimOptions> = {}) {
  const receiver = await startSim({
    ...{ protocol: 'splunk-hec', secret: 'the-token', now: Date.now, ...sim },
  });
  const aws = await startAws('{"token":"the-token"}');
  open.push(receiver, aws);
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_MAX_ATTEMPTS: '1',
  });
  const handler = forwardSiem({
    PARAPET_SIEM: JSON.stringify({
      ...{ protocol: 'splunk-hec', url: receiver.url, secret: 'parapet/siem' },
    }),
    PARAPET_REFUSED_BUCKET: 'parapet-refused',
  });
  const forward = (records: readonly StreamRecord[], ms = 30_000) =>
    handler(kinesisEvent(records), { getRemainingTimeInMillis: () => ms });
  return { forward, sim: receiver.state, aws: aws.state };
}

const metric = (name: string): unknown =>
  logged
    .flatMap((line) => {
      try {
        return [JSON.parse(line)];
      } catch {
        return [];
      }
    })
    .map((line) => line[name])
    .find((value) => value !== undefined);

describe('the function that forwards to the SIEM', () => {
  it('hands on what is in the stream and reports no failures', async () => {
    const { forward, sim, aws } = await given();
    const text = 'not an event';

    const answer = await forward([eventRecord(1, '444444444444'), textRecord(2, 'key', text)]);

    expect(answer).toEqual({ batchItemFailures: [] });
    expect(sim.stored.map(({ kind, account }) => [kind, account])).toEqual([
      ['event', '444444444444'],
      ['other', 'key'],
    ]);
    expect([aws.secretsRead, sim.complaints]).toEqual([1, []]);
    expect([metric('RecordsDelivered'), metric('CircuitOpen')]).toEqual([2, 0]);
  });

  it('reports the first failed record alone, and remembers the secret', async () => {
    const { forward, sim, aws } = await given();
    sim.script.push({ kind: 'none' }, { kind: 'status', status: 503, retryAfter: '60' });
    await forward([eventRecord(1, '444444444444')]);

    const answer = await forward([2, 3, 4].map((index) => eventRecord(index, '444444444444')));

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: sequenceOf(2) }] });
    expect(aws.secretsRead).toBe(1);
  });

  it('keeps a refused record in the bucket, whole, and acknowledges it', async () => {
    const { forward, aws } = await given({ isPoison: ({ kind }) => kind === 'other' });
    const text = '{"half": ';

    const answer = await forward([eventRecord(1, '444444444444'), textRecord(2, 'key', text)]);

    const [[key, object] = ['', '']] = [...aws.objects];
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(key).toMatch(/^\/parapet-refused\/refused\/2026-11-21\/x-[0-9a-f]{40}\.json$/);
    expect(JSON.parse(object)).toMatchObject({
      ...{
        sequence: sequenceOf(2),
        account: 'key',
        code: 'hec-6',
        record: JSON.stringify({ text }),
      },
    });
    expect(metric('RecordsRefused')).toBe(1);
  });

  it('opens the circuit, with its metric, where the receiver refuses even the fresh secret', async () => {
    const { forward, sim, aws } = await given();
    sim.secret = 'another';

    const first = await forward([eventRecord(1, '444444444444')]);
    const second = await forward([eventRecord(1, '444444444444')]);

    const failed = { batchItemFailures: [{ itemIdentifier: sequenceOf(1) }] };
    expect([first, second]).toEqual([failed, failed]);
    expect([sim.requests, aws.secretsRead, metric('CircuitOpen')]).toEqual([2, 2, 1]);
  });

  it('fails the batch from its first record where AWS refuses the secret', async () => {
    const { forward, sim, aws } = await given();
    aws.refusing = true;

    const answer = await forward([eventRecord(1, '444444444444')]);

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: sequenceOf(1) }] });
    expect(sim.requests).toBe(0);
  });

  it('logs neither the secret nor a record', async () => {
    const { forward, sim } = await given({ isPoison: () => true });
    sim.script.push({ kind: 'status', status: 401 }, { kind: 'redirect' });

    await forward([eventRecord(1, '444444444444')]);

    expect(logged.join()).toContain('http-401');
    expect(logged.join()).not.toMatch(/the-token|PutBucketAcl/);
  });

  it.each([
    ['no receiver', { PARAPET_REFUSED_BUCKET: 'b' }, /PARAPET_SIEM/],
    [
      'a receiver without TLS',
      {
        PARAPET_SIEM: '{"protocol":"webhook","url":"http://example.com/in","secret":"s"}',
        PARAPET_REFUSED_BUCKET: 'b',
      },
      /write https/,
    ],
  ])('does not start with %s', (_, environment, message) => {
    expect(() => forwardSiem(environment)).toThrow(message);
  });

  it('fits in a small bundle', () => {
    const entry = require.resolve('#lambdas/forward-siem/index');

    expect(bundle({ entry, files: {} }).byteLength).toBeLessThan(LARGEST_BUNDLE_BYTES / 2);
  });
});
