import type * as SQS from '@aws-sdk/client-sqs';
import { UnjudgeableEvent } from '../errors';
import type { TrailEvent } from '../event';
import { textAt } from '../json';
import { operation } from '../operation';
import type { Resource } from '../resource';

export interface Queue extends Resource {
  readonly type: 'AWS::SQS::Queue';
  /** Built from account, Region and name: an event's own URL is never called. */
  readonly url: string;
}

const queueFacts = (name: string) => ({
  id: `sqs:${name}`,
  sdk: { client: 'SQSClient', command: `${name}Command` },
  iam: [`sqs:${name}`],
  scope: 'arn:{partition}:sqs:*:{account}:*',
  trail: { source: 'sqs.amazonaws.com', names: [name], region: 'own' as const },
  secret: [],
});

export const sqs = {
  createQueue: operation<SQS.CreateQueueCommandInput, SQS.CreateQueueCommandOutput>()({
    ...queueFacts('CreateQueue'),
    access: 'write',
    absentOn: [],
  }),
  tagQueue: operation<SQS.TagQueueCommandInput, SQS.TagQueueCommandOutput>()({
    ...queueFacts('TagQueue'),
    access: 'write',
    absentOn: [],
  }),
  listQueueTags: operation<SQS.ListQueueTagsCommandInput, SQS.ListQueueTagsCommandOutput>()({
    ...queueFacts('ListQueueTags'),
    access: 'read',
    absentOn: ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'],
  }),
} as const;

const QUEUE_NAME = /^[A-Za-z0-9_-]{1,80}$|^[A-Za-z0-9_-]{1,75}\.fifo$/;

/**
 * The queue that a CreateQueue call made.
 * @throws UnjudgeableEvent where the name cannot be a queue's.
 */
export function queuesOf(event: TrailEvent): readonly Queue[] {
  const name = textAt(event.request, 'queueName');
  if (name === undefined) return [];
  if (!QUEUE_NAME.test(name)) throw new UnjudgeableEvent('the event names no possible queue');
  const { account, region } = event;
  return [
    {
      type: 'AWS::SQS::Queue',
      arn: `arn:aws:sqs:${region}:${account}:${name}`,
      account,
      region,
      url: `https://sqs.${region}.amazonaws.com/${account}/${name}`,
    },
  ];
}
