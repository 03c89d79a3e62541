import { at } from '#core';
import { accountOf } from '#sandbox/drive';
import { uniqueName, until, worldIn } from './world';

const { sandbox, developer, decided } = worldIn();
const region = 'us-east-1';
const shop = developer('shop-prod', region);
const shopId = accountOf(sandbox, 'shop-prod');

const EACH = 20;
const WARM_UP = 2;

/** Milliseconds from the return of the call that violates until the state is right again. */
async function timesOf(violate: () => Promise<() => Promise<boolean>>): Promise<readonly number[]> {
  const times: number[] = [];
  for (let i = 0; i < EACH + WARM_UP; i++) {
    const isMended = await violate();
    const start = performance.now();
    await until(isMended);
    times.push(performance.now() - start);
  }
  return times.slice(WARM_UP);
}

const percentile = (times: readonly number[], share: number): number =>
  times.toSorted((one, other) => one - other)[Math.ceil(share * times.length) - 1] ?? Number.NaN;

const asText = (name: string, times: readonly number[]): string =>
  `${name}: ${times.length} events, p50 ${percentile(times, 0.5).toFixed(0)} ms, p95 ${percentile(times, 0.95).toFixed(0)} ms, longest ${Math.max(...times).toFixed(0)} ms`;

test('40 warm violations are mended within 2 seconds each, at the 95th percentile', async () => {
  const queues = await timesOf(async () => {
    const QueueName = uniqueName('timed');
    await shop('sqs:CreateQueue', { QueueName });
    const QueueUrl = `${sandbox.endpoint}/${shopId}/${QueueName}`;
    return async () => {
      const tags = at(await shop('sqs:ListQueueTags', { QueueUrl }), 'Tags') ?? {};
      return Object.keys(tags).length === 2;
    };
  });
  const Bucket = uniqueName('timed');
  await shop('s3:CreateBucket', { Bucket, ObjectOwnership: 'BucketOwnerPreferred' });
  const buckets = await timesOf(async () => {
    await shop('s3:DeletePublicAccessBlock', { Bucket });
    await decided(`arn:aws:s3:::${Bucket}`);
    await shop('s3:PutBucketAcl', { Bucket, ACL: 'public-read' });
    return async () =>
      !JSON.stringify(await shop('s3:GetBucketAcl', { Bucket })).includes('AllUsers');
  });

  const all = [...queues, ...buckets];
  for (const line of [asText('queues', queues), asText('buckets', buckets), asText('all', all)])
    process.stderr.write(`    ${line}\n`);

  expect(percentile(all, 0.95)).toBeLessThan(2000);
}, 300_000);
