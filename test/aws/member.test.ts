import {
  GetBucketAclCommand,
  GetBucketPolicyCommand,
  PutBucketAclCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { ListQueueTagsCommand, SQSClient, TagQueueCommand } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import { memberPorts } from '#aws/member';
import type { Call, Made } from '#core';
import { blockEverything, s3 } from '#core/operations/s3';
import { sqs } from '#core/operations/sqs';
import bucketPublic from '#policies/guardrails/s3/bucket-public';
import queueUntagged from '#policies/guardrails/sqs/queue-untagged';
import { type Asked, assumedRole, fakeAws, type Reply } from '../support/fake-aws';

const bucket = (account = '444444444444', region = 'eu-west-1') => ({
  ...{
    type: 'AWS::S3::Bucket' as const,
    arn: 'arn:aws:s3:::orders',
    account,
    region,
    name: 'orders',
  },
});
const queue = {
  type: 'AWS::SQS::Queue' as const,
  arn: 'arn:aws:sqs:eu-west-1:444444444444:orders',
  account: '444444444444',
  region: 'eu-west-1',
  url: 'https://sqs.eu-west-1.amazonaws.com/444444444444/orders',
};
const ACL =
  '<AccessControlPolicy><Owner><ID>f00d</ID></Owner><AccessControlList/></AccessControlPolicy>';
const until = new Date('2030-01-01T00:01:00Z');

/** The ports of a responder, over the SDK's own clients. */
function scene(
  service: 's3' | 'sqs',
  reply: (asked: Asked) => Reply | undefined = () => undefined,
) {
  const { asked, requestHandler } = fakeAws((one) => {
    const given = reply(one);
    if (given) return given;
    if (one.signed.service === 'sts') return assumedRole(one);
    if (one.signed.service === 'sqs') return { body: '{}' };
    return { body: one.method === 'GET' ? ACL : '' };
  });
  const network = { requestHandler, maxAttempts: 1 };
  const handed: unknown[] = [];
  class S3 extends S3Client {
    constructor(config: object) {
      super({ ...config, ...network });
      handed.push(config);
    }
  }
  class SQS extends SQSClient {
    constructor(config: object) {
      super({ ...config, ...network });
      handed.push(config);
    }
  }
  const ports = memberPorts({
    partition: 'aws',
    service,
    guardrails: [bucketPublic, queueUntagged],
    sdk: {
      clients: { S3Client: S3, SQSClient: SQS },
      commands: {
        ...{ GetBucketAclCommand, GetBucketPolicyCommand, PutBucketAclCommand },
        ...{ PutPublicAccessBlockCommand, ListQueueTagsCommand, TagQueueCommand },
      },
    },
    sts: new STSClient({
      ...network,
      region: 'us-east-1',
      credentials: { accessKeyId: 'RESPONDER', secretAccessKey: 's' },
    }),
    reader: `parapet-respond-${service}`,
    now: () => new Date('2030-01-01T00:00:00Z'),
  });
  const act = async (plan: readonly Call<'write'>[]): Promise<readonly Made[]> => {
    const made: Made[] = [];
    const session = { decision: `d-${'0'.repeat(40)}`, guardrail: `${service}.x`, until };
    for await (const one of ports.act(plan, session)) made.push(one);
    return made;
  };
  const assumed = () =>
    asked
      .filter((one) => one.signed.service === 'sts')
      .map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
  const others = () => asked.filter((one) => one.signed.service !== 'sts');
  return { look: ports.look, act, asked, assumed, others, handed };
}

const denied = (code = 'AccessDenied'): Reply => ({
  status: 403,
  body: `<ErrorResponse><Error><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
});
const s3Error = (status: number, code: string): Reply => ({
  status,
  body: `<Error><Code>${code}</Code><Message>no</Message></Error>`,
});

describe('looking', () => {
  test('is done by the reader of the bucket’s account, in its Region', async () => {
    const { look, assumed, others } = scene('s3');

    const answer = await look(s3.getBucketAcl(bucket(), { Bucket: 'orders' }));

    expect(answer).toMatchObject({ kind: 'found', value: { Owner: { ID: 'f00d' } } });
    expect(assumed()).toEqual([
      {
        Action: 'AssumeRole',
        Version: '2011-06-15',
        RoleArn: 'arn:aws:iam::444444444444:role/parapet-reader',
        RoleSessionName: 'parapet-respond-s3',
        DurationSeconds: '900',
      },
    ]);
    expect(others()).toMatchObject([
      {
        hostname: 'orders.s3.eu-west-1.amazonaws.com',
        method: 'GET',
        path: '/?acl',
        signed: { accessKeyId: 'parapet-reader', region: 'eu-west-1', service: 's3' },
      },
    ]);
  });

  test('asks STS in the responder’s own Region, as the responder', async () => {
    const { look, asked } = scene('s3');

    await look(s3.getBucketAcl(bucket(), { Bucket: 'orders' }));

    expect(asked[0]).toMatchObject({
      hostname: 'sts.us-east-1.amazonaws.com',
      signed: { accessKeyId: 'RESPONDER', region: 'us-east-1' },
    });
  });

  test('assumes a role once for each account and Region', async () => {
    const { look, assumed } = scene('s3');

    for (const place of [
      bucket(),
      bucket(),
      bucket('555555555555'),
      bucket('444444444444', 'us-east-1'),
      bucket(),
    ])
      await look(s3.getBucketAcl(place, { Bucket: 'orders' }));

    expect(assumed().map(({ RoleArn }) => RoleArn)).toEqual([
      'arn:aws:iam::444444444444:role/parapet-reader',
      'arn:aws:iam::555555555555:role/parapet-reader',
      'arn:aws:iam::444444444444:role/parapet-reader',
    ]);
  });

  test('never goes to the host that a queue’s URL names', async () => {
    const { look, others, handed } = scene('sqs');

    await look(
      sqs.listQueueTags(queue, { QueueUrl: 'https://evil.example.com/444444444444/orders' }),
    );

    expect(others().map(({ hostname }) => hostname)).toEqual(['sqs.eu-west-1.amazonaws.com']);
    expect(handed).toMatchObject([{ useQueueUrlAsEndpoint: false }]);
  });

  test.each([
    ['there is none', s3Error(404, 'NoSuchBucket'), { kind: 'absent' }],
    [
      'it is denied',
      s3Error(403, 'AccessDenied'),
      { kind: 'refused', why: 'denied', code: 'AccessDenied' },
    ],
    [
      'it is throttled',
      s3Error(503, 'SlowDown'),
      { kind: 'refused', why: 'throttled', code: 'SlowDown' },
    ],
    [
      'S3 fails',
      s3Error(500, 'InternalError'),
      { kind: 'refused', why: 'timeout', code: 'InternalError' },
    ],
  ])('tells that %s', async (_, reply, answer) => {
    const { look } = scene('s3', ({ signed }) => (signed.service === 's3' ? reply : undefined));

    expect(await look(s3.getBucketAcl(bucket(), { Bucket: 'orders' }))).toEqual(answer);
  });

  test('tells that a queue is gone, which SQS names in two ways', async () => {
    const { look } = scene('sqs', ({ signed }) =>
      signed.service === 'sqs'
        ? {
            status: 400,
            body: '{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"no"}',
            headers: { 'x-amzn-query-error': 'AWS.SimpleQueueService.NonExistentQueue;Sender' },
          }
        : undefined,
    );

    expect(await look(sqs.listQueueTags(queue, { QueueUrl: queue.url }))).toEqual({
      kind: 'absent',
    });
  });

  test('is denied where the reader may not be assumed, and nothing else is asked', async () => {
    const { look, others } = scene('s3', ({ signed }) =>
      signed.service === 'sts' ? denied() : undefined,
    );

    expect(await look(s3.getBucketAcl(bucket(), { Bucket: 'orders' }))).toEqual({
      kind: 'refused',
      why: 'denied',
      code: 'AccessDenied',
    });
    expect(others()).toEqual([]);
  });

  test('is throttled where STS is', async () => {
    const { look } = scene('s3', ({ signed }) =>
      signed.service === 'sts' ? { ...denied('Throttling'), status: 400 } : undefined,
    );

    expect(await look(s3.getBucketAcl(bucket(), { Bucket: 'orders' }))).toMatchObject({
      why: 'throttled',
    });
  });
});

describe('acting', () => {
  const put = s3.putPublicAccessBlock(bucket(), {
    Bucket: 'orders',
    PublicAccessBlockConfiguration: blockEverything,
  });
  const acl = s3.putBucketAcl(bucket(), { Bucket: 'orders', ACL: 'private' });

  test('is done by the remediation role of the service, narrowed to the plan', async () => {
    const { act, assumed, others } = scene('s3');

    const made = await act([put, acl]);

    const [{ Policy, ...session } = {}, ...more] = assumed();
    expect(more).toEqual([]);
    expect(session).toEqual({
      Action: 'AssumeRole',
      Version: '2011-06-15',
      RoleArn: 'arn:aws:iam::444444444444:role/parapet-remediate-s3',
      RoleSessionName: 'd-0000000000000000000000000000000000000000',
      SourceIdentity: 's3.x',
      DurationSeconds: '900',
    });
    expect(JSON.parse(Policy ?? '')).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['s3:PutBucketAcl', 's3:PutBucketPublicAccessBlock'],
          Resource: 'arn:aws:s3:::orders',
          Condition: { DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:01:00Z' } },
        },
      ],
    });
    expect(others().map(({ path, signed }) => [path, signed.accessKeyId])).toEqual([
      ['/?publicAccessBlock', 'parapet-remediate-s3'],
      ['/?acl', 'parapet-remediate-s3'],
    ]);
    expect(made).toMatchObject([
      { call: put, answer: { kind: 'found' }, at: '2030-01-01T00:00:00.000Z' },
      { call: acl, answer: { kind: 'found' } },
    ]);
  });

  test('leaves the plan as it was, though the SDK writes defaults into what it sends', async () => {
    const { act } = scene('s3');

    const [made] = await act([put]);

    expect(made?.call.input).toEqual({
      Bucket: 'orders',
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
    });
  });

  test('uses new credentials for each plan', async () => {
    const { act, assumed } = scene('s3');

    await act([put]);
    await act([put]);

    expect(assumed()).toHaveLength(2);
  });

  test('stops at the first call that is refused', async () => {
    const { act, others } = scene('s3', ({ signed }) =>
      signed.service === 's3' ? s3Error(403, 'AccessDenied') : undefined,
    );

    const made = await act([put, acl]);

    expect(made.map(({ answer }) => answer)).toEqual([
      { kind: 'refused', why: 'denied', code: 'AccessDenied' },
    ]);
    expect(others()).toHaveLength(1);
  });

  test('is denied where the role may not be assumed', async () => {
    const { act, others } = scene('s3', ({ signed }) =>
      signed.service === 'sts' ? denied() : undefined,
    );

    expect(await act([put, acl])).toMatchObject([
      { call: put, answer: { kind: 'refused', why: 'denied' } },
    ]);
    expect(others()).toEqual([]);
  });

  test('never goes to the host that a queue’s URL names', async () => {
    const { act, others } = scene('sqs');

    await act([
      sqs.tagQueue(queue, { QueueUrl: 'https://evil.example.com/1/x', Tags: { a: 'b' } }),
    ]);

    expect(others().map(({ hostname }) => hostname)).toEqual(['sqs.eu-west-1.amazonaws.com']);
  });

  test('of nothing asks nothing', async () => {
    const { act, asked } = scene('s3');

    expect(await act([])).toEqual([]);
    expect(asked).toEqual([]);
  });

  test('on two accounts at once is our fault, thrown before anything is asked', async () => {
    const { act, asked } = scene('s3');
    const elsewhere = s3.putBucketAcl(bucket('555555555555'), { Bucket: 'orders', ACL: 'private' });

    await expect(act([put, elsewhere])).rejects.toThrow('one account only');
    expect(asked).toEqual([]);
  });

  test('with more than a session policy can hold is our fault, thrown before anything is asked', async () => {
    const { act, asked } = scene('s3');
    const many = Array.from({ length: 30 }, (_, i) =>
      s3.putBucketAcl(
        { ...bucket(), arn: `arn:aws:s3:::bucket-${i}` },
        { Bucket: 'x', ACL: 'private' },
      ),
    );

    await expect(act(many)).rejects.toThrow('of 2,048 characters');
    expect(asked).toEqual([]);
  });
});

test('an operation that no guardrail declared is our fault', async () => {
  const { look } = scene('s3');
  const strange = {
    ...s3.getBucketAcl(bucket(), { Bucket: 'orders' }),
    operation: 's3:ListBuckets',
  };

  await expect(look(strange)).rejects.toThrow(
    's3:ListBuckets is not declared by any guardrail here',
  );
});
