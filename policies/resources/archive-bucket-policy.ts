import { names, roleArn } from '#core';
import type { Archived, LakeWriter, TrailOwner } from './archive-key-grants';
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
 * Admits the one Firehose role of the security account. The account is the principal and the role a
 * condition: a role as principal becomes a unique id when it is made anew.
 * https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
 */
export function lakeBucketPolicy({ place, bucket }: Archived, writer: LakeWriter): PolicyDocument {
  const arn = arns.bucket(place, bucket);
  const firehose = {
    principal: { AWS: arns.root({ ...place, account: writer.security }) },
    conditions: {
      StringEquals: { 'aws:PrincipalOrgID': writer.organization },
      ArnEquals: {
        'aws:PrincipalArn': roleArn(place.partition, writer.security, names.firehoseRole),
      },
    },
  };
  return policyDocument(
    {
      sid: 'FirehoseLooks',
      ...firehose,
      actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
      resources: [arn],
    },
    {
      sid: 'FirehoseDelivers',
      ...firehose,
      actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
      resources: [`${arn}/*`],
    },
    tlsOnly(place, bucket),
  );
}
