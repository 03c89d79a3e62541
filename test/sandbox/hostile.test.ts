import { at, type JsonObject } from '#core';
import { makeCall } from '#sandbox/calls';
import { asRoot } from '#sandbox/clients';
import { accountOf } from '#sandbox/drive';
import { completeRecord, entryOf } from '#sandbox/events';
import { type Rejected, takeRejected } from '#sandbox/rejects';
import { uniqueName, until, worldIn } from './world';

const { sandbox, watch, developer, decided } = worldIn();
const { account: securityId, region: home } = sandbox.security;
const shopId = accountOf(sandbox, 'shop-prod');

const security = (operation: string, input: JsonObject) =>
  makeCall(asRoot(sandbox, securityId, home), operation, input);
const urlOf = (queue: string) => `${sandbox.endpoint}/${securityId}/parapet-${queue}`;

/** An event as EventBridge hands it to a queue. */
function envelope(given: JsonObject, outer: JsonObject = {}): JsonObject {
  const record = completeRecord(
    { eventSource: 's3.amazonaws.com', eventName: 'PutBucketAcl', ...given },
    { account: shopId, region: home },
  );
  const { source, detailType, detail } = entryOf(record);
  return {
    version: '0',
    id: uniqueName('event'),
    ...{ source, 'detail-type': detailType, account: shopId, region: home },
    time: '2026-11-21T10:00:00Z',
    resources: [],
    detail,
    ...outer,
  };
}

const named = (bucketName: unknown): JsonObject => ({
  requestParameters: { bucketName: bucketName as string },
});

const text = (event: JsonObject): string => JSON.stringify(event);

/** The emulator hands JSON to functions as it prints it itself. */
const isSame = (one: string, other: string): boolean => normal(one) === normal(other);

function normal(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

const REJECTED: readonly (readonly [string, string, RegExp])[] = [
  ['no JSON', 'no JSON {', /is not JSON/],
  ['null', 'null', /not a CloudTrail event/],
  ['a list', '[]', /not a CloudTrail event/],
  ['a number', '42', /not a CloudTrail event/],
  ['an object without anything', '{}', /not a CloudTrail event/],
  ['a detail that is a text', text(envelope({}, { detail: 'x' })), /detail/],
  ['an account that is a number', text(envelope({}, { account: 7 })), /account/],
  [
    'an identity whose type is a number',
    text(envelope({ userIdentity: { type: 7 } })),
    /userIdentity/,
  ],
  ['an event id that is a list', text(envelope({ eventID: [] })), /eventID/],
  [
    'an account outside the organization',
    text(envelope({ recipientAccountId: null }, { account: '999999999999' })),
    /not in the organization/,
  ],
  [
    'another account in the detail',
    text(envelope({ recipientAccountId: securityId })),
    /names account/,
  ],
  ['a bucket named ../__proto__', text(envelope(named('../__proto__'))), /no possible bucket/],
  [
    '__proto__ as keys everywhere',
    `{"__proto__":{"polluted":true},${text(envelope(named('__proto__'))).slice(1)}`,
    /no possible bucket/,
  ],
  ['250 KB of a name', text(envelope(named(`${'x'.repeat(250_000)}`))), /no possible bucket/],
];

test('hostile events arrive in the reject queue with their reasons, and nothing is decided', async () => {
  await watch.fresh();
  await takeRejected(sandbox);

  for (const [, MessageBody] of REJECTED)
    await security('sqs:SendMessage', { QueueUrl: urlOf('respond-s3'), MessageBody });

  const rejected: Rejected[] = [];
  await until(async () => {
    rejected.push(...(await takeRejected(sandbox)));
    return REJECTED.every(([, body]) => rejected.some((one) => isSame(one.body, body)));
  });
  for (const [name, body, reason] of REJECTED) {
    const found = rejected.find((one) => isSame(one.body, body));
    expect([name, found?.from, found?.reason]).toEqual([name, 's3', expect.stringMatching(reason)]);
  }
  expect(await watch.settled(0)).toEqual([]);
});

test('events that only miss or overdo something are judged by the state, and nothing is written', async () => {
  await watch.fresh();
  const missing = uniqueName('never-was');
  const events = [
    envelope({ ...named(missing), userIdentity: null }),
    envelope({ ...named(missing), userIdentity: { type: 'Nobody', arn: '' } }),
    envelope({ ...named(missing), additionalEventData: { padding: 'x'.repeat(240_000) } }),
  ];

  for (const event of events)
    await security('sqs:SendMessage', { QueueUrl: urlOf('respond-s3'), MessageBody: text(event) });

  const decisions = await watch.settled(events.length);
  expect(decisions.map(({ outcome, made }) => [outcome, made])).toEqual(
    events.map(() => ['nothing', []]),
  );
});

test('the responder still works, and no message is left or dead', async () => {
  const shop = developer('shop-prod', home);
  const Bucket = uniqueName('after-all');

  await shop('s3:CreateBucket', { Bucket });

  expect(await decided(`arn:aws:s3:::${Bucket}`)).toMatchObject({ outcome: 'nothing' });
  for (const queue of ['respond-s3', 'respond-s3-dead-letters']) {
    await until(async () => {
      const answer = await security('sqs:GetQueueAttributes', {
        QueueUrl: urlOf(queue),
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      });
      return Object.values(at(answer, 'Attributes') ?? {}).every((count) => count === '0');
    });
  }
});
