import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { Construct } from 'constructs';
import { nameOf, names, QUEUE_TRIES } from '#core';
import { Queue } from './queue';
import { QueueAlarm } from './queue-alarm';

export interface WatchedQueueProps {
  readonly provider: AwsProvider;
  /** What queue, dead letters and alarm are named after, e.g. `notify`. */
  readonly of: string;
  readonly policy: object;
  /** @default only the account's own principals put dead letters there */
  readonly deadLettersPolicy?: object;
  readonly visibilityTimeoutSeconds: number;
  /** Of the alarm: what it means that something waits in the dead letters. */
  readonly description: string;
  readonly topicArn: string;
}

/** A queue, its dead letters, and the alarm that tells when something waits there. */
export function watchedQueue(scope: Construct, props: WatchedQueueProps) {
  const { provider, of, policy, deadLettersPolicy, description, topicArn } = props;
  const deadLetters = new Queue(scope, 'dead-letters', {
    ...{ provider, name: names.deadLetters(of) },
    ...(deadLettersPolicy === undefined ? {} : { policy: deadLettersPolicy }),
  });
  const queue = new Queue(scope, 'queue', {
    ...{ provider, name: nameOf(of), policy },
    visibilityTimeoutSeconds: props.visibilityTimeoutSeconds,
    deadLetters: { queue: deadLetters, after: QUEUE_TRIES },
  });
  new QueueAlarm(scope, 'dead-letters-alarm', {
    ...{ provider, name: `${of}-dead-letters`, description, topicArn },
    queueName: deadLetters.name,
    metric: 'ApproximateNumberOfMessagesVisible',
  });
  return { queue, deadLetters };
}
