import { names, roleArn } from '#core';
import type { Archived, LakeUser, TrailOwner } from './archive-key-grants';
import { tlsOnly } from './bucket-policy';
import { type PolicyDocument, policyDocument } from './document';
import { arns } from './place';

/**
 * Admits CloudTrail on behalf of one trail of this organization, into the folders of the
 * organization and of the account that owns the trail.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
export function trailBucketPolicy({ place, bucket }: Archived, trail: TrailOwner): PolicyDocument {
  const arn = arns.bucket(place, bucket);
  const principal = { Service: 'cloudtrail.amazonaws.com' };
  return policyDocument(
    {
      sid: 'TrailLooksAtAcl',
      principal,
      actions: ['s3:GetBucketAcl'],
      resources: [arn],
      conditions: { StringEquals: { 'aws:SourceArn': trail.trailArn } },
    },
    {
      sid: 'TrailDelivers',
      principal,
      actions: ['s3:PutObject'],
      resources: [trail.management, trail.organization].map((of) => `${arn}/AWSLogs/${of}/*`),
      conditions: {
        StringEquals: {
          'aws:SourceArn': trail.trailArn,
          'aws:SourceOrgID': trail.organization,
          's3:x-amz-acl': 'bucket-owner-full-control',
        },
      },
    },
    tlsOnly(place, bucket),
  );
}

/**
 * Admits two roles of the security account: the one of Firehose writes, the one that asks the lake
 * reads. The account is the principal and the role a condition: a role as principal becomes a unique
 * id when it is made anew. https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
 */
export function lakeBucketPolicy({ place, bucket }: Archived, user: LakeUser): PolicyDocument {
  const arn = arns.bucket(place, bucket);
  const only = (role: string) => ({
    principal: { AWS: arns.root({ ...place, account: user.security }) },
    conditions: {
      StringEquals: { 'aws:PrincipalOrgID': user.organization },
      ArnEquals: { 'aws:PrincipalArn': roleArn(place.partition, user.security, role) },
    },
  });
  return policyDocument(
    {
      sid: 'FirehoseLooks',
      ...only(names.firehoseRole),
      actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
      resources: [arn],
    },
    {
      sid: 'FirehoseDelivers',
      ...only(names.firehoseRole),
      // Into another account's bucket it puts with an ACL that names the bucket's owner.
      actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject', 's3:PutObjectAcl'],
      resources: [`${arn}/*`],
    },
    {
      sid: 'ReaderLooks',
      ...only(names.lakeReaderRole),
      actions: ['s3:GetBucketLocation', 's3:ListBucket'],
      resources: [arn],
    },
    {
      sid: 'ReaderReads',
      ...only(names.lakeReaderRole),
      actions: ['s3:GetObject'],
      resources: [`${arn}/*`],
    },
    tlsOnly(place, bucket),
  );
}
