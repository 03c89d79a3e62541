import { handle } from '#engine';
import bucketPublic from '#policies/guardrails/s3/bucket-public';
import { bucket, OPEN_POLICY, openBucket, withBuckets } from '../support/buckets';
import { deployment } from '../support/deployment';
import { trailEvent } from '../support/event';
import { memory } from '../support/memory';

// What each flag does: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
const FLAGS = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];
const subsets = Array.from({ length: 16 }, (_, bits) => FLAGS.filter((_, i) => bits & (1 << i)));

const outcomeOf = async (state: ReturnType<typeof bucket>, settings = {}) => {
  const made = memory({
    guardrails: [bucketPublic],
    deployment: deployment({ settings: { 's3.bucket-public': settings } }),
  });
  made.accounts.set('444444444444', withBuckets({ orders: state }));
  const event = trailEvent({ requestParameters: { bucketName: 'orders' } });
  const [handled] = await handle(event, made.engine, { isLastTry: true });
  return handled?.kind === 'decided' ? handled.decision : undefined;
};

test.each(subsets.map((on) => [on.join(' + ') || 'no flag', on] as const))(
  'under %s, only what the flags leave open violates',
  async (_, on) => {
    const block = Object.fromEntries(FLAGS.map((flag) => [flag, on.includes(flag)]));
    const verdictOf = async (state: ReturnType<typeof bucket>) =>
      (await outcomeOf(state))?.verdict.verdict;

    expect({
      nothing: await verdictOf(bucket({ block })),
      acl: await verdictOf(openBucket({ block })),
      policy: await verdictOf(bucket({ block, policy: OPEN_POLICY })),
    }).toEqual({
      nothing: 'complies',
      acl: on.includes('IgnorePublicAcls') ? 'complies' : 'violates',
      policy: on.includes('RestrictPublicBuckets') ? 'complies' : 'violates',
    });
  },
);

test('without its block setting, ACL and policy are repaired and no block is put', async () => {
  const decision = await outcomeOf(openBucket({ policy: OPEN_POLICY }), { block: false });

  expect(decision?.outcome).toBe('repaired');
  expect(decision?.made.map(({ call }) => call.operation)).toEqual([
    's3:PutBucketAcl',
    's3:DeleteBucketPolicy',
  ]);
});
