import { setTimeout } from 'node:timers/promises';
import { at, textAt } from '#core';
import { asRoot } from '#sandbox/clients';
import { accountOf } from '#sandbox/drive';
import { completeRecord, entryOf, putEvent } from '#sandbox/events';
import { isIdle } from '#sandbox/idle';
import { isBlocked, isPublic, openableBucket } from './buckets';
import { uniqueName, until, worldIn } from './world';

const { sandbox, watch, developer, decided } = worldIn();
const region = 'eu-west-1';
const shop = developer('shop-prod', region);
const shopId = accountOf(sandbox, 'shop-prod');

const queueUrl = (name: string) => `${sandbox.endpoint}/${shopId}/${name}`;

const repaired = (Bucket: string) =>
  decided(`arn:aws:s3:::${Bucket}`, ({ outcome }) => outcome === 'repaired');

test('a queue without tags gets the tags of who made it', async () => {
  const QueueName = uniqueName('orders');

  await shop('sqs:CreateQueue', { QueueName });

  const tags = await until(async () =>
    at(await shop('sqs:ListQueueTags', { QueueUrl: queueUrl(QueueName) }), 'Tags'),
  );
  expect(tags).toEqual({
    owner: 'ana@example.com',
    creator: `arn:aws:sts::${shopId}:assumed-role/Developer/ana@example.com`,
  });
});

test('a bucket made public by its ACL is private again', async () => {
  const Bucket = await openableBucket('acl', shop, region);

  await shop('s3:PutBucketAcl', { Bucket, ACL: 'public-read' });

  expect(await repaired(Bucket)).toMatchObject({
    verdict: 'violates',
    guardrail: 's3.bucket-public',
  });
  expect(await isPublic(Bucket, shop)).toBe(false);
  expect(await isBlocked(Bucket, shop)).toBe(true);
});

test('a bucket made public by its policy is private again, and keeps its other statements', async () => {
  const Bucket = await openableBucket('policy', shop, region);
  const deny = {
    Sid: 'Tls',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: `arn:aws:s3:::${Bucket}/*`,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  const open = {
    Sid: 'Open',
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${Bucket}/*`,
  };

  await shop('s3:PutBucketPolicy', {
    Bucket,
    Policy: JSON.stringify({ Version: '2012-10-17', Statement: [deny, open] }),
  });

  await repaired(Bucket);
  const policy = textAt(await shop('s3:GetBucketPolicy', { Bucket }), 'Policy') ?? '';
  expect(JSON.parse(policy).Statement).toEqual([deny]);
  expect(await isBlocked(Bucket, shop)).toBe(true);
});

test('a bucket made public by lifting its block is private again', async () => {
  const Bucket = await openableBucket('block', shop, region);
  const narrow = {
    IgnorePublicAcls: true,
    BlockPublicAcls: false,
    BlockPublicPolicy: false,
    RestrictPublicBuckets: false,
  };
  await shop('s3:PutPublicAccessBlock', { Bucket, PublicAccessBlockConfiguration: narrow });
  await shop('s3:PutBucketAcl', { Bucket, ACL: 'public-read' });
  const before = await isPublic(Bucket, shop);

  await shop('s3:DeletePublicAccessBlock', { Bucket });

  await repaired(Bucket);
  expect([before, await isPublic(Bucket, shop), await isBlocked(Bucket, shop)]).toEqual([
    true,
    false,
    true,
  ]);
});

test('a root sign-in is recorded, and nothing is written', async () => {
  const record = completeRecord(
    {
      eventName: 'ConsoleLogin',
      eventSource: 'signin.amazonaws.com',
      userIdentity: { type: 'Root', arn: `arn:aws:iam::${shopId}:root`, accountId: shopId },
      responseElements: { ConsoleLogin: 'Success' },
      additionalEventData: { MFAUsed: 'No' },
    },
    { account: shopId, region: 'us-east-1' },
  );

  await putEvent(asRoot(sandbox, shopId, 'us-east-1'), entryOf(record));

  const isIt = ({ eventID }: { eventID: string }) => eventID === record.eventID;
  expect(await decided(`arn:aws:iam::${shopId}:root`, isIt)).toMatchObject({
    guardrail: 'signin.root-login',
    verdict: 'violates',
    reason: 'the root user signed in from 198.51.100.7 without MFA',
    made: [],
  });
});

test('in shadow the plan is stored and nothing is written', async () => {
  const inShadow = developer('sandbox-ana', region);
  const Bucket = await openableBucket('shadow', inShadow, region);

  await inShadow('s3:PutBucketAcl', { Bucket, ACL: 'public-read' });

  const decision = await decided(`arn:aws:s3:::${Bucket}`, ({ verdict }) => verdict === 'violates');
  const { planned, made } = await watch.bodyOf(decision);
  expect(decision.outcome).toBe('shadowed');
  expect(planned.map(({ operation }) => operation)).toEqual([
    's3:PutPublicAccessBlock',
    's3:PutBucketAcl',
  ]);
  expect(made).toEqual([]);
  expect(await isPublic(Bucket, inShadow)).toBe(true);
});

test('nothing loops: after all this no decision follows, and no responder has work left', async () => {
  await watch.settled(0);

  await setTimeout(4000);

  expect(await watch.fresh()).toEqual([]);
  await until(() => isIdle(sandbox));
});
