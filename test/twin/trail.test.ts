import { type Answer, isObject, type JsonObject, parseTrailEvent } from '#core';
import { blockEverything, s3 } from '#core/operations/s3';
import { effects } from '#twin/effects/index';
import { envelopeOf, recordOf } from '#twin/trail';
import { OPEN_POLICY } from '../support/buckets';
import { hasCorpus, recordedEvents } from '../support/recorded-events';

const account = '444444444444';
const region = 'eu-west-1';
const at = new Date('2026-11-21T10:00:00Z');
const url = 'https://sqs.eu-west-1.amazonaws.com/444444444444/orders';

/** One input for each write the twin knows, with all that a guardrail or scenario puts in. */
const INPUTS: Readonly<Record<string, JsonObject>> = {
  's3:CreateBucket': { Bucket: 'orders', ObjectOwnership: 'ObjectWriter' },
  's3:PutBucketAcl': { Bucket: 'orders', ACL: 'public-read' },
  's3:PutBucketPolicy': { Bucket: 'orders', Policy: OPEN_POLICY },
  's3:DeleteBucketPolicy': { Bucket: 'orders' },
  's3:PutPublicAccessBlock': { Bucket: 'orders', PublicAccessBlockConfiguration: blockEverything },
  's3:DeletePublicAccessBlock': { Bucket: 'orders' },
  'sqs:CreateQueue': { QueueName: 'orders', tags: { a: 'b' } },
  'sqs:TagQueue': { QueueUrl: url, Tags: { a: 'b' } },
  'iam:DeleteRolePolicy': { RoleName: 'x', PolicyName: 'y' },
  'iam:CreateUser': { UserName: 'mailer' },
  'iam:CreateAccessKey': { UserName: 'mailer' },
  'iam:UpdateAccessKey': { UserName: 'mailer', AccessKeyId: 'AKIA1', Status: 'Inactive' },
  'iam:AttachUserPolicy': { UserName: 'mailer', PolicyArn: 'arn:aws:iam::aws:policy/AWSDenyAll' },
  'ec2:CreateSecurityGroup': { GroupName: 'web', Description: 'x' },
  'ec2:AuthorizeSecurityGroupIngress': {
    GroupId: 'sg-0d921df5',
    IpPermissions: [{ IpProtocol: 'tcp', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
  },
  'ec2:ModifySecurityGroupRules': { GroupId: 'sg-0d921df5', SecurityGroupRules: [] },
  'ec2:RevokeSecurityGroupIngress': { GroupId: 'sg-0d921df5', SecurityGroupRuleIds: ['sgr-1'] },
  'cloudtrail:CreateTrail': { Name: 'audit', S3BucketName: 'logs' },
  'cloudtrail:StartLogging': { Name: 'audit' },
  'cloudtrail:StopLogging': { Name: 'audit' },
  'cloudtrail:DeleteTrail': { Name: 'audit' },
};

const record = (operation: string, answer: Answer = { kind: 'found', value: {} }) =>
  recordOf({ operation, input: INPUTS[operation] ?? {}, answer, account, region, caller: {}, at });

test('an input is shown for every write the twin knows', () => {
  const writes = Object.keys(effects).filter((id) => !/:(Get|List|Describe)/.test(id));

  expect(Object.keys(INPUTS).sort()).toEqual(writes.sort());
});

/** By hand: no event of these with a request is in the corpus. */
const NOT_RECORDED = [
  ...['sqs:CreateQueue', 'sqs:TagQueue', 'iam:DeleteRolePolicy', 'iam:UpdateAccessKey'],
  ...['ec2:ModifySecurityGroupRules', 'ec2:RevokeSecurityGroupIngress'],
];
/** The corpus has these from hands only, with other keys. */
const MADE_UP = ['cloudtrail:CreateTrail', 'cloudtrail:StartLogging'];

(hasCorpus ? describe : describe.skip)('beside recorded events', () => {
  const recorded = [...recordedEvents('events'), ...recordedEvents('curated')].map(
    (one) => one.record,
  );
  const keysOf = (is: (one: JsonObject) => boolean): ReadonlySet<string> =>
    new Set(
      recorded
        .filter(is)
        .flatMap(({ requestParameters: request }) =>
          isObject(request) ? Object.keys(request) : [],
        )
        .map((key) => (key === 'host' ? 'Host' : key)),
    );
  const isLike = (made: JsonObject) => (one: JsonObject) =>
    one.eventSource === made.eventSource && one.eventName === made.eventName;

  test.each(Object.keys(INPUTS).filter((id) => ![...NOT_RECORDED, ...MADE_UP].includes(id)))(
    '%s has only keys that AWS writes',
    (operation) => {
      const made = record(operation);
      // What every bucket call has is seen on some, not on each in the corpus.
      const host = [...keysOf((one) => one.eventSource === 's3.amazonaws.com')].filter(
        (key) => key === 'Host',
      );
      const known = [...keysOf(isLike(made)), ...host];

      expect(known.length).toBeGreaterThan(0);
      expect(known).toEqual(expect.arrayContaining(Object.keys(made.requestParameters ?? {})));
    },
  );

  test('those that are not recorded still are not', () => {
    const seen = NOT_RECORDED.filter((id) => keysOf(isLike(record(id))).size > 0);

    expect(seen).toEqual([]);
  });

  test('flags are empty and policies are objects, as AWS writes them', () => {
    expect(record('s3:PutBucketPolicy').requestParameters).toEqual({
      bucketName: 'orders',
      Host: 'orders.s3.eu-west-1.amazonaws.com',
      policy: '',
      bucketPolicy: JSON.parse(OPEN_POLICY),
    });
    const policies = recorded
      .filter(({ eventName }) => eventName === 'PutBucketPolicy')
      .flatMap(({ requestParameters: request }) =>
        isObject(request) ? [request.bucketPolicy] : [],
      );
    expect(policies.filter(isObject).length).toBeGreaterThan(5);
  });
});

test('a call that was refused has its code, and no response', () => {
  expect(
    record('sqs:CreateQueue', { kind: 'refused', why: 'malformed', code: 'QueueAlreadyExists' }),
  ).toMatchObject({
    errorCode: 'QueueAlreadyExists',
    responseElements: null,
  });
});

test('a new queue’s URL is in the response only, its name in the request', () => {
  const made = record('sqs:CreateQueue', { kind: 'found', value: { QueueUrl: url } });

  expect(made).toMatchObject({
    requestParameters: { queueName: 'orders', tags: { a: 'b' } },
    responseElements: { queueUrl: url },
  });
});

test('global services record in us-east-1', () => {
  expect(record('iam:DeleteRolePolicy').awsRegion).toBe('us-east-1');
  expect(record('s3:PutBucketAcl').awsRegion).toBe('eu-west-1');
});

test('what can be read from a record is what the operation catalogue expects', () => {
  for (const operation of Object.values(s3).filter(({ access }) => access === 'write')) {
    const event = parseTrailEvent(
      JSON.stringify(envelopeOf(record(operation.id), { account, region, at })),
    );

    expect(operation.trail.source).toBe(event.source);
    expect(operation.trail.names).toContain(event.name);
    expect(event.request).toMatchObject({ bucketName: 'orders' });
  }
});

test('ids and times are the same each time, and differ by what happened', () => {
  const envelope = (name: string) => envelopeOf(record(name), { account, region, at });

  expect(envelope('s3:PutBucketAcl')).toEqual(envelope('s3:PutBucketAcl'));
  expect(envelope('s3:PutBucketAcl').id).not.toBe(envelope('s3:CreateBucket').id);
});
