import type { Access, Call, OperationFacts, Resource } from '#core';
import { LARGEST_SESSION_POLICY, sessionPolicy } from '#engine';
import bucketPublic from '#policies/guardrails/s3/bucket-public';

const operations = new Map<string, OperationFacts<Access>>(
  [...bucketPublic.reads, ...bucketPublic.writes].map((one) => [one.id, one]),
);
const until = new Date('2026-11-21T10:01:00.123Z');
const on = (arn: string): Resource => ({ type: 'AWS::S3::Bucket', arn, account: '4', region: 'r' });
const call = (operation: string, arn = 'arn:aws:s3:::orders'): Call<'write'> => ({
  ...{ operation, access: 'write', on: on(arn), input: {} },
});

test('allows exactly the planned actions on exactly the resource, until the lease ends', () => {
  const plan = ['s3:PutPublicAccessBlock', 's3:PutBucketAcl', 's3:PutBucketAcl'].map((id) =>
    call(id),
  );

  expect(JSON.parse(sessionPolicy(plan, operations, until))).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['s3:PutBucketAcl', 's3:PutBucketPublicAccessBlock'],
        Resource: 'arn:aws:s3:::orders',
        Condition: { DateLessThan: { 'aws:CurrentTime': '2026-11-21T10:01:00Z' } },
      },
    ],
  });
});

test('keeps the actions of two resources apart', () => {
  const plan = [call('s3:PutBucketAcl'), call('s3:DeleteBucketPolicy', 'arn:aws:s3:::invoices')];

  const { Statement: statements } = JSON.parse(sessionPolicy(plan, operations, until));

  expect(statements).toMatchObject([
    { Action: ['s3:PutBucketAcl'], Resource: 'arn:aws:s3:::orders' },
    { Action: ['s3:DeleteBucketPolicy'], Resource: 'arn:aws:s3:::invoices' },
  ]);
});

test('fits for the longest bucket name there can be, and all writes of the guardrail', () => {
  const plan = bucketPublic.writes.map(({ id }) => call(id, `arn:aws:s3:::${'x'.repeat(255)}`));

  expect(sessionPolicy(plan, operations, until).length).toBeLessThanOrEqual(2048);
  expect(LARGEST_SESSION_POLICY).toBe(2048);
});

test('that would not fit is refused, as is an operation nobody declared', () => {
  const many = Array.from({ length: 30 }, (_, i) =>
    call('s3:PutBucketAcl', `arn:aws:s3:::bucket-${i}`),
  );

  expect(() => sessionPolicy(many, operations, until)).toThrow(/has \d+ of 2,048 characters/);
  expect(() => sessionPolicy([call('s3:DeleteBucket')], operations, until)).toThrow(
    's3:DeleteBucket is not declared',
  );
});
