import { randomUUID } from 'node:crypto';
import { textAt } from '#core';
import { asRoot } from '#sandbox/clients';
import { accountOf } from '#sandbox/drive';
import { completeRecord, entryOf, putEvent } from '#sandbox/events';
import { openableBucket } from './buckets';
import { uniqueName, type worldIn } from './world';

/** A violation that was made, and what must be told of it: written by hand. */
export interface Violation {
  readonly guardrail: string;
  readonly title: string;
  readonly severity: 'low' | 'high' | 'critical';
  readonly account: 'shop-prod' | 'sandbox-ana';
  readonly region: string;
  /** The ARN of what violates. */
  readonly resource: string;
  readonly reason: string;
  readonly outcome: 'repaired' | 'observed' | 'shadowed';
}

const REGION = 'eu-west-1';
/** IAM and the sign-in of root appear there, wherever they are done. */
const GLOBAL = 'us-east-1';

/** Violates every guardrail once in production, and one of them where all is in shadow. */
export async function violateAll(world: ReturnType<typeof worldIn>): Promise<readonly Violation[]> {
  // The root user is one resource for all suites: what was decided before is not meant.
  await world.watch.fresh();
  const shop = world.developer('shop-prod', REGION);
  const globally = world.developer('shop-prod', GLOBAL);
  const ana = world.developer('sandbox-ana', REGION);
  const shopId = accountOf(world.sandbox, 'shop-prod');
  const here = { account: 'shop-prod', region: REGION, outcome: 'repaired' } as const;

  const opened = async (prefix: string, as: typeof shop) => {
    const Bucket = await openableBucket(prefix, as, REGION);
    await as('s3:PutBucketAcl', { Bucket, ACL: 'public-read' });
    return {
      ...{
        guardrail: 's3.bucket-public',
        title: 'S3 bucket made public',
        severity: 'critical' as const,
      },
      resource: `arn:aws:s3:::${Bucket}`,
      reason: 'the ACL grants READ to everyone',
    };
  };

  const QueueName = uniqueName('card');
  await shop('sqs:CreateQueue', { QueueName });

  const group = await shop('ec2:CreateSecurityGroup', {
    ...{ GroupName: uniqueName('card'), Description: 'whole card' },
  });
  const GroupId = textAt(group, 'GroupId') ?? '';
  await shop('ec2:AuthorizeSecurityGroupIngress', {
    GroupId,
    IpPermissions: [
      { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
    ],
  });

  const S3BucketName = uniqueName('card-trail');
  const Name = uniqueName('card');
  await shop('s3:CreateBucket', {
    ...{ Bucket: S3BucketName, CreateBucketConfiguration: { LocationConstraint: REGION } },
  });
  await shop('cloudtrail:CreateTrail', { Name, S3BucketName });
  await shop('cloudtrail:StartLogging', { Name });
  await shop('cloudtrail:StopLogging', { Name });

  const UserName = uniqueName('card');
  await globally('iam:CreateUser', { UserName });
  await globally('iam:CreateAccessKey', { UserName });

  const signIn = {
    ...{ eventName: 'ConsoleLogin', eventSource: 'signin.amazonaws.com', eventID: randomUUID() },
    userIdentity: { type: 'Root', arn: `arn:aws:iam::${shopId}:root`, accountId: shopId },
    responseElements: { ConsoleLogin: 'Success' },
    additionalEventData: { MFAUsed: 'No' },
  };
  const record = completeRecord(signIn, { account: shopId, region: GLOBAL });
  await putEvent(asRoot(world.sandbox, shopId, GLOBAL), entryOf(record));

  return [
    { ...here, ...(await opened('card', shop)) },
    {
      ...{
        ...here,
        guardrail: 'sqs.queue-untagged',
        title: 'SQS queue without owner and creator tags',
      },
      severity: 'low',
      resource: `arn:aws:sqs:${REGION}:${shopId}:${QueueName}`,
      reason: 'the queue has no tag owner and no tag creator',
    },
    {
      ...{ ...here, guardrail: 'ec2.security-group-open' },
      ...{ title: 'Security group opened to everyone', severity: 'critical' },
      resource: `arn:aws:ec2:${REGION}:${shopId}:security-group/${GroupId}`,
      reason: 'TCP port 22 is open to 0.0.0.0/0',
    },
    {
      ...{ ...here, guardrail: 'cloudtrail.logging-stopped', title: 'Trail stopped or deleted' },
      severity: 'critical',
      resource: `arn:aws:cloudtrail:${REGION}:${shopId}:trail/${Name}`,
      reason: 'the trail was stopped',
    },
    {
      ...{ ...here, region: GLOBAL, guardrail: 'iam.user-created', title: 'IAM user created' },
      severity: 'high',
      resource: `arn:aws:iam::${shopId}:user/${UserName}`,
      reason: `the user ${UserName} was created outside the allowed names, paths and tags`,
    },
    {
      ...{ ...here, region: GLOBAL, guardrail: 'iam.access-key-created' },
      ...{ title: 'Access key created for a user, or for root', severity: 'high' },
      resource: `arn:aws:iam::${shopId}:user/${UserName}`,
      reason: `the user ${UserName} has a new access key and may have none`,
    },
    {
      ...{ ...here, region: GLOBAL, guardrail: 'signin.root-login', outcome: 'observed' },
      ...{ title: 'Root user signed in to the console', severity: 'high' },
      resource: `arn:aws:iam::${shopId}:root`,
      reason: 'the root user signed in from 198.51.100.7 without MFA',
    },
    {
      ...{ ...(await opened('card-ana', ana)), account: 'sandbox-ana', region: REGION },
      outcome: 'shadowed',
    },
  ];
}
