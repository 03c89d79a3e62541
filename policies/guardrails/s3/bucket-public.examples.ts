import { defineExamples } from '#core';

const by = (eventName: string, requestParameters: { readonly [key: string]: string } = {}) => ({
  eventName,
  eventSource: 's3.amazonaws.com',
  requestParameters: { bucketName: 'orders', ...requestParameters },
  responseElements: null,
});
const owner = { ID: 'f00d' };
const everyone = { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' };
const own = { Grantee: { Type: 'CanonicalUser', ID: 'f00d' }, Permission: 'FULL_CONTROL' };
const privateAcl = { Owner: owner, Grants: [own] };
const publicAcl = { Owner: owner, Grants: [own, { Grantee: everyone, Permission: 'READ' }] };
const blocked = {
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  },
};
const block = { operation: 's3:PutPublicAccessBlock', input: { Bucket: 'orders', ...blocked } };
const tls = `{"Sid":"Tls","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::orders/*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}`;
const open = `{ "Sid": "Open", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::orders/*" }`;

export default defineExamples([
  {
    name: 'an ACL that grants READ to everyone violates; the grant goes, the rest stays',
    event: by('PutBucketAcl', { 'x-amz-acl': 'public-read' }),
    state: { 's3:GetBucketAcl': publicAcl },
    expect: {
      verdict: 'violates',
      reason: 'the ACL grants READ to everyone',
      plan: [
        block,
        {
          operation: 's3:PutBucketAcl',
          input: { Bucket: 'orders', AccessControlPolicy: { Owner: owner, Grants: [own] } },
        },
      ],
    },
  },
  {
    name: 'a statement that admits everyone is cut out, every other byte kept',
    event: by('PutBucketPolicy'),
    state: {
      's3:GetBucketAcl': privateAcl,
      's3:GetBucketPolicy': {
        Policy: `{"Version":"2012-10-17", "Statement": [${tls},\n  ${open}]}`,
      },
    },
    expect: {
      verdict: 'violates',
      reason: 'policy statement Open admits everyone',
      plan: [
        block,
        {
          operation: 's3:PutBucketPolicy',
          input: { Bucket: 'orders', Policy: `{"Version":"2012-10-17", "Statement": [${tls}]}` },
        },
      ],
    },
  },
  {
    name: 'a policy of nothing else is deleted',
    event: by('PutBucketPolicy'),
    state: {
      's3:GetBucketAcl': privateAcl,
      's3:GetBucketPolicy': { Policy: `{"Version":"2012-10-17","Statement":${open}}` },
    },
    expect: {
      verdict: 'violates',
      plan: [block, { operation: 's3:DeleteBucketPolicy', input: { Bucket: 'orders' } }],
    },
  },
  {
    name: 'lifting the block that hid a public ACL violates; the standard policy is put',
    event: by('DeleteBucketPublicAccessBlock'),
    state: { 's3:GetBucketAcl': publicAcl },
    settings: {
      block: false,
      standardPolicy: [{ Sid: 'Mine', Effect: 'Deny', Resource: 'arn:aws:s3:::${bucket}' }],
    },
    expect: {
      verdict: 'violates',
      reason: 'the ACL grants READ to everyone',
      plan: [
        {
          operation: 's3:PutBucketAcl',
          input: { Bucket: 'orders', AccessControlPolicy: { Owner: owner, Grants: [own] } },
        },
        {
          operation: 's3:PutBucketPolicy',
          input: {
            Bucket: 'orders',
            Policy:
              '{"Version":"2012-10-17","Statement":[{"Sid":"Mine","Effect":"Deny","Resource":"arn:aws:s3:::orders"}]}',
          },
        },
      ],
    },
  },
  {
    name: 'a full public access block makes the ACL harmless',
    event: by('PutBucketAcl'),
    state: { 's3:GetBucketAcl': publicAcl, 's3:GetPublicAccessBlock': blocked },
    expect: { verdict: 'complies', reason: 'the public access block overrides ACL and policy' },
  },
  {
    name: 'everyone of one organization is not everyone',
    event: by('PutBucketPolicy'),
    state: {
      's3:GetBucketAcl': privateAcl,
      's3:GetBucketPolicy': {
        Policy:
          '{"Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"s3:GetObject","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-example1234"}}}}',
      },
    },
    expect: { verdict: 'complies', reason: 'neither ACL nor policy admits everyone' },
  },
  {
    name: 'an ACL that may not be read is undetermined',
    event: by('CreateBucket'),
    state: { 's3:GetBucketAcl': { $refused: 'AccessDenied' } },
    expect: {
      verdict: 'undetermined',
      reason: 's3:GetBucketAcl was refused: denied (AccessDenied)',
    },
  },
  {
    name: 'a call that failed is ignored',
    event: { ...by('PutBucketAcl'), errorCode: 'AccessDenied' },
    expect: { verdict: 'ignored' },
  },
]);
