import type * as S3 from '@aws-sdk/client-s3';
import { UnjudgeableEvent } from '../errors';
import type { TrailEvent } from '../event';
import { at, type Json, textAt } from '../json';
import { operation } from '../operation';
import type { Resource } from '../resource';

export interface Bucket extends Resource {
  readonly type: 'AWS::S3::Bucket';
  readonly name: string;
}

type Input<I> = Omit<I, 'ExpectedBucketOwner'> & { readonly ExpectedBucketOwner?: string };

/** Facts that all bucket operations share; S3's event names often differ from the API's. */
const bucketFacts = (name: string, event = name) => ({
  id: `s3:${name}`,
  sdk: { client: 'S3Client', command: `${name}Command` },
  scope: 'arn:{partition}:s3:::*',
  trail: { source: 's3.amazonaws.com', names: [event], region: 'own' as const },
  secret: [],
});

const NO_BUCKET = 'NoSuchBucket';

export const s3 = {
  createBucket: operation<S3.CreateBucketCommandInput, S3.CreateBucketCommandOutput>()({
    ...bucketFacts('CreateBucket'),
    access: 'write',
    iam: ['s3:CreateBucket'],
    absentOn: [],
  }),
  getBucketAcl: operation<Input<S3.GetBucketAclCommandInput>, S3.GetBucketAclCommandOutput>()({
    ...bucketFacts('GetBucketAcl'),
    access: 'read',
    iam: ['s3:GetBucketAcl'],
    absentOn: [NO_BUCKET],
  }),
  putBucketAcl: operation<Input<S3.PutBucketAclCommandInput>, S3.PutBucketAclCommandOutput>()({
    ...bucketFacts('PutBucketAcl'),
    access: 'write',
    iam: ['s3:PutBucketAcl'],
    absentOn: [],
  }),
  getBucketPolicy: operation<
    Input<S3.GetBucketPolicyCommandInput>,
    S3.GetBucketPolicyCommandOutput
  >()({
    ...bucketFacts('GetBucketPolicy'),
    access: 'read',
    iam: ['s3:GetBucketPolicy'],
    absentOn: [NO_BUCKET, 'NoSuchBucketPolicy'],
  }),
  putBucketPolicy: operation<
    Input<S3.PutBucketPolicyCommandInput>,
    S3.PutBucketPolicyCommandOutput
  >()({
    ...bucketFacts('PutBucketPolicy'),
    access: 'write',
    iam: ['s3:PutBucketPolicy'],
    absentOn: [],
  }),
  deleteBucketPolicy: operation<
    Input<S3.DeleteBucketPolicyCommandInput>,
    S3.DeleteBucketPolicyCommandOutput
  >()({
    ...bucketFacts('DeleteBucketPolicy'),
    access: 'write',
    iam: ['s3:DeleteBucketPolicy'],
    absentOn: [],
  }),
  getPublicAccessBlock: operation<
    Input<S3.GetPublicAccessBlockCommandInput>,
    S3.GetPublicAccessBlockCommandOutput
  >()({
    ...bucketFacts('GetPublicAccessBlock', 'GetBucketPublicAccessBlock'),
    access: 'read',
    iam: ['s3:GetBucketPublicAccessBlock'],
    absentOn: [NO_BUCKET, 'NoSuchPublicAccessBlockConfiguration'],
  }),
  putPublicAccessBlock: operation<
    Input<S3.PutPublicAccessBlockCommandInput>,
    S3.PutPublicAccessBlockCommandOutput
  >()({
    ...bucketFacts('PutPublicAccessBlock', 'PutBucketPublicAccessBlock'),
    access: 'write',
    iam: ['s3:PutBucketPublicAccessBlock'],
    absentOn: [],
  }),
  deletePublicAccessBlock: operation<
    Input<S3.DeletePublicAccessBlockCommandInput>,
    S3.DeletePublicAccessBlockCommandOutput
  >()({
    ...bucketFacts('DeletePublicAccessBlock', 'DeleteBucketPublicAccessBlock'),
    access: 'write',
    iam: ['s3:PutBucketPublicAccessBlock'],
    absentOn: [],
  }),
} as const;

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html; before 2018
// us-east-1 also took capitals, underscores and up to 255 characters.
const BUCKET_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/;

/**
 * The bucket a call names, in the account that owns it: the copy of a cross-account call that the
 * caller's account gets yields none.
 * @throws UnjudgeableEvent where the name cannot be a bucket's.
 */
export function bucketsOf(event: TrailEvent): readonly Bucket[] {
  const name = textAt(event.request, 'bucketName');
  if (name === undefined) return [];
  if (!BUCKET_NAME.test(name)) throw new UnjudgeableEvent('the event names no possible bucket');
  const owner = ownerOf(event.raw);
  if (owner !== undefined && owner !== event.account) return [];
  const { account, region } = event;
  return [{ type: 'AWS::S3::Bucket', arn: `arn:aws:s3:::${name}`, account, region, name }];
}

function ownerOf(raw: Json): string | undefined {
  const resources = at(raw, 'detail', 'resources');
  if (!Array.isArray(resources)) return undefined;
  const bucket = resources.find((resource) => textAt(resource, 'type') === 'AWS::S3::Bucket');
  return textAt(bucket, 'accountId');
}

const EVERYONE = [
  'http://acs.amazonaws.com/groups/global/AllUsers',
  'http://acs.amazonaws.com/groups/global/AuthenticatedUsers',
];

/** Whether an ACL grant is to everyone, or to everyone who has any AWS account. */
export const isPublicGrant = (grant: S3.Grant): boolean =>
  EVERYONE.includes(grant.Grantee?.URI ?? '');

export const blockEverything = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
} as const;
