import { at, type Json, textAt } from '#core';
import { makeCall } from '#sandbox/calls';
import { asRoot } from '#sandbox/clients';
import { accountOf } from '#sandbox/drive';
import { openableBucket } from './buckets';
import { uniqueName, until, worldIn } from './world';

const { sandbox, developer } = worldIn();
const region = 'eu-west-1';
const shop = developer('shop-prod', region);
const shopId = accountOf(sandbox, 'shop-prod');
const { account, region: home } = sandbox.security;
const security = (operation: string, input: Json) =>
  makeCall(asRoot(sandbox, account, home), operation, input);
const name = uniqueName('listener');
const queueUrl = `${sandbox.endpoint}/${account}/${name}`;
const rule = { Rule: name, EventBusName: 'parapet-bus' };

beforeAll(async () => {
  await security('sqs:CreateQueue', { QueueName: name });
  const pattern = { source: ['parapet'], 'detail-type': ['Parapet Decision'] };
  await security('eventbridge:PutRule', {
    ...{ Name: name, EventBusName: 'parapet-bus', EventPattern: JSON.stringify(pattern) },
  });
  const target = { Id: 'queue', Arn: `arn:aws:sqs:${home}:${account}:${name}` };
  await security('eventbridge:PutTargets', { ...rule, Targets: [target] });
});

afterAll(async () => {
  await security('eventbridge:RemoveTargets', { ...rule, Ids: ['queue'] });
  await security('eventbridge:DeleteRule', { Name: name, EventBusName: 'parapet-bus' });
  await security('sqs:DeleteQueue', { QueueUrl: queueUrl });
});

/** Late decisions about other resources of the sandbox reach the queue too. */
const isAbout = (event: Json, bucket: string): boolean =>
  JSON.stringify(at(event, 'resources') ?? null) === JSON.stringify([`arn:aws:s3:::${bucket}`]);

test('a decision is put on the bus as Parapet Decision, where a rule of somebody else sees it', async () => {
  const Bucket = await openableBucket('told', shop, region);

  await shop('s3:PutBucketAcl', { Bucket, ACL: 'public-read' });

  const told = await until(async () => {
    const answer = await security('sqs:ReceiveMessage', { QueueUrl: queueUrl });
    const [message] = (at(answer, 'Messages') ?? []) as readonly Json[];
    const event = JSON.parse(textAt(message, 'Body') ?? 'null');
    return isAbout(event, Bucket) && event?.detail?.outcome === 'repaired' && event;
  });
  expect(told).toMatchObject({
    account,
    source: 'parapet',
    'detail-type': 'Parapet Decision',
    resources: [`arn:aws:s3:::${Bucket}`],
    detail: { guardrail: 's3.bucket-public', account: shopId, region },
  });
});
