import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { publishDecision } from '#aws/bus';
import { decisionKey } from '#core';
import { summaryOf } from '#engine';
import { trailEvent } from '../support/event';
import { fakeAws } from '../support/fake-aws';

const resource = { type: 'AWS::S3::Bucket', arn: 'arn:aws:s3:::orders', account: '4', region: 'r' };
const summary = (reason: string) =>
  summaryOf(
    {
      ...{ id: 'd-1', ouPath: '/', mode: 'enforce', modeFrom: 'default', outcome: 'observed' },
      cause: { kind: 'event', event: trailEvent({}) },
      guardrail: { id: 's3.bucket-public', version: 1 },
      ...{ resource, verdict: { verdict: 'violates', reason }, because: reason },
      ...{ before: null, planned: [], made: [], at: {} },
    },
    { body: { sha256: 'a', bytes: 1 } },
  );

const publish = async (answer: string, reason = 'x') => {
  const { asked, requestHandler } = fakeAws(() => ({ body: answer }));
  const credentials = { accessKeyId: 'x', secretAccessKey: 'y' };
  const client = new EventBridgeClient({ requestHandler, region: 'us-east-1', credentials });
  await publishDecision(client, 'parapet-bus', summary(reason));
  return JSON.parse(asked[0]?.body ?? '').Entries;
};

test('a decision goes to the bus with a source that no member may use', async () => {
  const [entry] = await publish('{"FailedEntryCount":0,"Entries":[{"EventId":"e"}]}');

  expect(entry).toMatchObject({
    EventBusName: 'parapet-bus',
    Source: 'parapet',
    DetailType: 'Parapet Decision',
    Resources: ['arn:aws:s3:::orders'],
  });
  expect(JSON.parse(entry.Detail)).toMatchObject({ id: 'd-1', outcome: 'observed', reason: 'x' });
});

test('a decision that the bus refuses in its answer is an error', async () => {
  await expect(
    publish(
      '{"FailedEntryCount":1,"Entries":[{"ErrorCode":"InternalFailure","ErrorMessage":"no"}]}',
    ),
  ).rejects.toThrow('the bus refused the decision: InternalFailure no');
});

test('whatever a sentence quotes, a decision on the bus stays small', async () => {
  const [entry] = await publish('{"Entries":[{}]}', 'x'.repeat(1_000_000));

  expect(entry.Detail.length).toBeLessThan(10_000);
  expect(JSON.parse(entry.Detail).reason).toMatch(/^x{999}…$/);
});

test('the same event decides once for an account, a guardrail and a resource', () => {
  const key = (detail: object, guardrail = 'a', arn = 'x', outer = {}) =>
    decisionKey({ kind: 'event', event: trailEvent({ ...detail }, outer) }, guardrail, {
      ...resource,
      arn,
    });

  const keys = [
    ...[key({}), key({ eventID: 'other' }), key({}, 'b'), key({}, 'a', 'y')],
    ...[key({}, 'a', 'x', { account: '111111111111' }), key({}, 'a', 'x', { 'replay-name': 'r' })],
  ];
  expect(new Set(keys).size).toBe(6);
  expect(key({ requestParameters: { other: 1 } })).toBe(key({}));
});
