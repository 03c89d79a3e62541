import { type Answer, type Call, TryAgain } from '#core';
import { lookAgain } from '#engine';
import s3BucketPublic from '#policies/guardrails/s3/bucket-public';
import { deployment } from '../support/deployment';

const earlier = {
  id: 'd-1',
  guardrail: { id: 's3.bucket-public' },
  resource: {
    ...{ type: 'AWS::S3::Bucket', arn: 'arn:aws:s3:::orders', name: 'orders' },
    ...{ account: '444444444444', region: 'eu-west-1' },
  },
};

const OPEN = {
  Grants: [
    {
      Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
      Permission: 'READ',
    },
  ],
};

const looked = (answers: Readonly<Record<string, Answer>>, changes = {}) => {
  const calls: Call[] = [];
  const verdict = lookAgain(
    { ...earlier, ...changes },
    {
      guardrails: [s3BucketPublic],
      deployment: deployment(),
      look: async (call) => {
        calls.push(call);
        return answers[call.operation] ?? { kind: 'absent' };
      },
    },
  );
  return { verdict, calls };
};

it('judges the resource as it is now: still open', async () => {
  const { verdict, calls } = looked({ 's3:GetBucketAcl': { kind: 'found', value: OPEN } });

  expect(await verdict).toEqual({
    verdict: 'violates',
    reason: expect.stringContaining('READ'),
  });
  expect(new Set(calls.map(({ on }) => on.arn))).toEqual(new Set(['arn:aws:s3:::orders']));
});

it('judges the resource as it is now: mended', async () => {
  const { verdict } = looked({ 's3:GetBucketAcl': { kind: 'found', value: { Grants: [] } } });

  expect((await verdict).verdict).toBe('complies');
});

it('does not say that something complies that it may not read', async () => {
  const { verdict } = looked({
    's3:GetBucketAcl': { kind: 'refused', why: 'denied', code: 'AccessDenied' },
  });

  expect(await verdict).toEqual({
    verdict: 'undetermined',
    reason: 's3:GetBucketAcl was refused: denied (AccessDenied)',
  });
});

it('asks to be tried again where it was throttled', async () => {
  const { verdict } = looked({
    's3:GetBucketAcl': { kind: 'refused', why: 'throttled', code: 'SlowDown' },
  });

  await expect(verdict).rejects.toThrow(TryAgain);
});

it('asks nothing of an account outside the organization', async () => {
  const { verdict, calls } = looked(
    {},
    { resource: { ...earlier.resource, account: '999999999999' } },
  );

  expect((await verdict).verdict).toBe('undetermined');
  expect(calls).toEqual([]);
});

it('says so where the guardrail is not installed any more', async () => {
  const { verdict } = looked({}, { guardrail: { id: 'gone.away' } });

  expect(await verdict).toEqual({
    verdict: 'undetermined',
    reason: 'there is no guardrail gone.away to look with',
  });
});
