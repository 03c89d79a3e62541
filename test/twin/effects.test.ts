import type { Answer, Json } from '#core';
import { effects } from '#twin/effects/index';
import { bucket, OPEN_POLICY, openBucket, withBuckets } from '../support/buckets';

const on = { type: '', arn: '', account: '444444444444', region: 'eu-west-1' };

/** Makes calls one after the other; gives the last answer and the state after it. */
function make(
  world: Json,
  ...calls: readonly (readonly [string, { readonly [key: string]: Json }])[]
) {
  let answer: Answer = { kind: 'absent' };
  for (const [operation, input] of calls) {
    const done = effects[operation]?.(world, { on, input });
    if (!done) throw new Error(`no effect for ${operation}`);
    ({ world, answer } = done);
  }
  return { world, answer };
}
const Bucket = 'orders';
const denied = { kind: 'refused', why: 'denied', code: 'AccessDenied' };
const flags = (on: readonly string[]) => ({
  PublicAccessBlockConfiguration: Object.fromEntries(
    ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'].map(
      (flag) => [flag, on.includes(flag)],
    ),
  ),
});

describe('a bucket', () => {
  test('is new with ACLs off, its own grant only, and all blocked', () => {
    const { world } = make({}, ['s3:CreateBucket', { Bucket }]);

    expect(make(world, ['s3:GetPublicAccessBlock', { Bucket }]).answer).toEqual({
      kind: 'found',
      value: flags([
        'BlockPublicAcls',
        'IgnorePublicAcls',
        'BlockPublicPolicy',
        'RestrictPublicBuckets',
      ]),
    });
    expect(make(world, ['s3:GetBucketAcl', { Bucket }]).answer).toMatchObject({
      value: { Grants: [{ Permission: 'FULL_CONTROL' }] },
    });
    expect(make(world, ['s3:PutBucketAcl', { Bucket, ACL: 'private' }]).answer).toMatchObject({
      code: 'AccessControlListNotSupported',
    });
  });

  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
  test.each([
    [['BlockPublicAcls'], 's3:PutBucketAcl', { ACL: 'public-read' }, denied],
    [['BlockPublicAcls'], 's3:PutBucketAcl', { ACL: 'private' }, { kind: 'found', value: {} }],
    [
      ['BlockPublicAcls'],
      's3:PutBucketPolicy',
      { Policy: OPEN_POLICY },
      { kind: 'found', value: {} },
    ],
    [['BlockPublicPolicy'], 's3:PutBucketPolicy', { Policy: OPEN_POLICY }, denied],
    [
      ['BlockPublicPolicy'],
      's3:PutBucketAcl',
      { ACL: 'public-read' },
      { kind: 'found', value: {} },
    ],
    [
      ['IgnorePublicAcls', 'RestrictPublicBuckets'],
      's3:PutBucketAcl',
      { ACL: 'public-read' },
      { kind: 'found', value: {} },
    ],
  ])('with %j answers %s %j with %j', (block, operation, input, answer) => {
    const world = withBuckets({ orders: bucket() });

    expect(
      make(
        world,
        ['s3:PutPublicAccessBlock', { Bucket, ...flags(block) }],
        [operation, { Bucket, ...input }],
      ).answer,
    ).toEqual(answer);
  });

  test('that is not there has no state, and can’t be written', () => {
    for (const read of ['s3:GetBucketAcl', 's3:GetBucketPolicy', 's3:GetPublicAccessBlock'])
      expect(make({}, [read, { Bucket }]).answer).toEqual({ kind: 'absent' });
    expect(make({}, ['s3:PutBucketAcl', { Bucket, ACL: 'private' }])).toMatchObject({
      world: {},
      answer: { code: 'NoSuchBucket' },
    });
  });

  test('keeps the rest when one thing of it is taken away', () => {
    const world = withBuckets({ orders: openBucket({ policy: OPEN_POLICY }), other: bucket() });

    expect(make(world, ['s3:DeleteBucketPolicy', { Bucket }]).world).toEqual(
      withBuckets({ orders: openBucket(), other: bucket() }),
    );
  });
});

describe('a queue', () => {
  const QueueUrl = 'https://sqs.eu-west-1.amazonaws.com/444444444444/orders';

  test('keeps its tags when others are added', () => {
    const { world } = make({}, ['sqs:CreateQueue', { QueueName: 'orders', tags: { a: '1' } }]);

    expect(
      make(
        world,
        ['sqs:TagQueue', { QueueUrl, Tags: { b: '2' } }],
        ['sqs:ListQueueTags', { QueueUrl }],
      ).answer,
    ).toEqual({
      kind: 'found',
      value: { Tags: { a: '1', b: '2' } },
    });
  });

  test('without tags answers without them, and one that is not there is absent', () => {
    const { world } = make({}, ['sqs:CreateQueue', { QueueName: 'orders' }]);

    expect(make(world, ['sqs:ListQueueTags', { QueueUrl }]).answer).toEqual({
      kind: 'found',
      value: {},
    });
    expect(make({}, ['sqs:ListQueueTags', { QueueUrl }]).answer).toEqual({ kind: 'absent' });
    expect(make({}, ['sqs:TagQueue', { QueueUrl, Tags: {} }]).answer).toMatchObject({
      code: 'QueueDoesNotExist',
    });
  });
});
