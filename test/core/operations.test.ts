import { type Json, UnjudgeableEvent } from '#core';
import { bucketsOf, isPublicGrant } from '#core/operations/s3';
import { rootUsersOf } from '#core/operations/signin';
import { queuesOf } from '#core/operations/sqs';
import { trailEvent } from '../support/event';

const onBucket = (bucketName: Json, more: { readonly [key: string]: Json } = {}) =>
  trailEvent({ requestParameters: { bucketName }, ...more });
const onQueue = (queueName: Json) =>
  trailEvent({
    eventSource: 'sqs.amazonaws.com',
    eventName: 'CreateQueue',
    requestParameters: { queueName },
  });

describe('the bucket of a call', () => {
  test('is in the account and Region of the envelope', () => {
    expect(bucketsOf(onBucket('orders'))).toEqual([
      {
        type: 'AWS::S3::Bucket',
        arn: 'arn:aws:s3:::orders',
        account: '444444444444',
        region: 'eu-west-1',
        name: 'orders',
      },
    ]);
  });

  test.each(['a.b-c', 'abc', 'x'.repeat(63), 'Legacy_Name', 'x'.repeat(255)])(
    'may be named %s',
    (name) => {
      expect(bucketsOf(onBucket(name))).toHaveLength(1);
    },
  );

  test.each([
    ...[
      '',
      'ab',
      '../etc/passwd',
      '..',
      '-orders',
      'orders/',
      'or ders',
      'orders*',
      'orders?',
      '${aws:username}',
    ],
    ...[
      'arn:aws:s3:::orders',
      'arn:aws:s3:eu-west-1:444444444444:accesspoint/orders',
      '__proto__',
      'bücher',
    ],
    ...['orders\n', 'orders\u0000', '\u202eorders', 'orders#x', 'x'.repeat(256), 'x'.repeat(300)],
  ])('cannot be named %j', (name) => {
    expect(() => bucketsOf(onBucket(name))).toThrow(UnjudgeableEvent);
  });

  test.each([[null], [7], [['orders']], [{ name: 'orders' }]])(
    'is none where the name is %j',
    (name) => {
      expect(bucketsOf(onBucket(name))).toEqual([]);
    },
  );

  test('is its owner’s to judge, not the caller’s', () => {
    const resources = (accountId: string) => ({
      resources: [
        { type: 'AWS::S3::Object', accountId: '999999999999' },
        { type: 'AWS::S3::Bucket', accountId, ARN: 'arn:aws:s3:::orders' },
      ],
    });

    expect(bucketsOf(onBucket('orders', resources('555555555555')))).toEqual([]);
    expect(bucketsOf(onBucket('orders', resources('444444444444')))).toHaveLength(1);
  });
});

describe('the queue of a call', () => {
  test('has a URL that is built, not taken from the event', () => {
    const event = trailEvent({
      eventSource: 'sqs.amazonaws.com',
      requestParameters: { queueName: 'orders.fifo' },
      responseElements: { queueUrl: 'https://evil.example.com/444444444444/orders.fifo' },
    });

    expect(queuesOf(event)).toEqual([
      {
        type: 'AWS::SQS::Queue',
        arn: 'arn:aws:sqs:eu-west-1:444444444444:orders.fifo',
        account: '444444444444',
        region: 'eu-west-1',
        url: 'https://sqs.eu-west-1.amazonaws.com/444444444444/orders.fifo',
      },
    ]);
  });

  test.each([
    ...[
      '',
      '../orders',
      'orders/../x',
      'or.ders',
      'orders.fifo.fifo',
      'órdenes',
      'orders\n',
      'x'.repeat(81),
    ],
    ...[
      'https://evil.example.com/x',
      'arn:aws:sqs:eu-west-1:444444444444:orders',
      `${'x'.repeat(76)}.fifo`,
      '*',
    ],
  ])('cannot be named %j', (name) => {
    expect(() => queuesOf(onQueue(name))).toThrow(UnjudgeableEvent);
  });

  test.each([[null], [7], [['orders']], [{}]])('is none where the name is %j', (name) => {
    expect(queuesOf(onQueue(name))).toEqual([]);
  });
});

test('only a root user is the root user', () => {
  const by = (userIdentity: Json) => rootUsersOf(trailEvent({ userIdentity }));

  expect(by({ type: 'Root', accountId: '999999999999' }).map(({ arn }) => arn)).toEqual([
    'arn:aws:iam::444444444444:root',
  ]);
  expect(by({ type: 'root' })).toEqual([]);
  expect(by({ type: 'IAMUser', userName: 'root' })).toEqual([]);
});

test.each([
  ['http://acs.amazonaws.com/groups/global/AllUsers', true],
  ['http://acs.amazonaws.com/groups/global/AuthenticatedUsers', true],
  ['http://acs.amazonaws.com/groups/s3/LogDelivery', false],
  [undefined, false],
])('a grant to the group %s: public is %s', (URI, isPublic) => {
  expect(
    isPublicGrant({ Grantee: { Type: 'Group', ...(URI ? { URI } : {}) }, Permission: 'READ' }),
  ).toBe(isPublic);
  expect(isPublicGrant({})).toBe(false);
});
