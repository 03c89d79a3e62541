import { z } from 'zod';
import { complies, defineGuardrail, look, settings, violates, whenSucceeded } from '#core';
import { type Bucket, blockEverything, bucketsOf, isPublicGrant, s3 } from '#core/operations/s3';
import { publicStatements, withStatements } from '#core/policy-document';
import { standardStatements } from './standard-policy';

export default defineGuardrail({
  id: 's3.bucket-public',
  version: 1,
  title: 'S3 bucket made public',
  severity: 'critical',
  why: 'Anyone on the internet can read or change what is in it.',
  limits: [
    'Objects made public one by one (PutObjectAcl) are data events and are not seen.',
    'Access points have policies of their own, which are not read.',
    'A public access block of the whole account is not read: a bucket it shields is judged public.',
  ],
  frameworks: { 'cis-5.0': ['2.1.4'], fsbp: ['S3.2', 'S3.3', 'S3.8'], attack: ['T1530'] },
  disrupts:
    'Websites and downloads served straight from the bucket stop; serve them by CloudFront.',
  settings: settings({
    block: z.boolean().default(true).describe('Also set the public access block of the bucket'),
    standardPolicy: z
      .array(z.record(z.string(), z.json()))
      .default([])
      .describe('Statements added to the policy of a repaired bucket; ${bucket} is its name'),
  }),

  triggers: whenSucceeded(
    s3.createBucket,
    s3.putBucketAcl,
    s3.putBucketPolicy,
    s3.putPublicAccessBlock,
    s3.deletePublicAccessBlock,
  ),
  reads: [s3.getBucketAcl, s3.getBucketPolicy, s3.getPublicAccessBlock],
  writes: [s3.putPublicAccessBlock, s3.putBucketAcl, s3.putBucketPolicy, s3.deleteBucketPolicy],

  resources: bucketsOf,

  *observe(bucket: Bucket) {
    const of = { Bucket: bucket.name };
    const acl = yield* look(s3.getBucketAcl(bucket, of));
    const policy = yield* look(s3.getBucketPolicy(bucket, of));
    const block = yield* look(s3.getPublicAccessBlock(bucket, of));
    return { acl, policy: policy?.Policy, block: block?.PublicAccessBlockConfiguration };
  },

  judge({ state: { acl, policy, block } }) {
    const grants = block?.IgnorePublicAcls ? [] : (acl?.Grants ?? []).filter(isPublicGrant);
    const open = block?.RestrictPublicBuckets ? [] : publicStatements(policy);
    if (grants.length > 0)
      return violates(`the ACL grants ${grants.map((g) => g.Permission).join(', ')} to everyone`);
    if (open.length > 0)
      return violates(`policy statement ${open.map((s) => s.name).join(', ')} admits everyone`);
    if (block?.IgnorePublicAcls && block.RestrictPublicBuckets)
      return complies('the public access block overrides ACL and policy');
    return complies('neither ACL nor policy admits everyone');
  },

  plan({ resource: bucket, state: { acl, policy }, settings: { block, standardPolicy } }) {
    const of = { Bucket: bucket.name };
    const { Owner, Grants = [] } = acl ?? {};
    const kept = Grants.filter((grant) => !isPublicGrant(grant));
    const narrowed = withStatements(policy ?? '{"Version":"2012-10-17","Statement":[]}', {
      without: publicStatements(policy).map((statement) => statement.index),
      adding: standardStatements(standardPolicy, bucket, policy),
    });
    return [
      ...(block
        ? [
            s3.putPublicAccessBlock(bucket, {
              ...of,
              PublicAccessBlockConfiguration: blockEverything,
            }),
          ]
        : []),
      ...(kept.length < Grants.length
        ? [s3.putBucketAcl(bucket, { ...of, AccessControlPolicy: { Owner, Grants: kept } })]
        : []),
      ...(narrowed !== undefined && narrowed !== policy
        ? [s3.putBucketPolicy(bucket, { ...of, Policy: narrowed })]
        : []),
      ...(narrowed === undefined && policy !== undefined
        ? [s3.deleteBucketPolicy(bucket, of)]
        : []),
    ];
  },
});
