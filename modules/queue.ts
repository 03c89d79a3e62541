import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Construct } from 'constructs';

export interface QueueProps {
  readonly provider: AwsProvider;
  readonly name: string;
  /** The queue policy. @default none: only the account's own principals */
  readonly policy?: object;
  /** @default 30 */
  readonly visibilityTimeoutSeconds?: number;
  /** Where messages go that were received too often. @default nowhere */
  readonly deadLetters?: { readonly queue: Queue; readonly after: number };
}

const DAY = 24 * 60 * 60;

/**
 * A queue that keeps messages for 14 days (4 where it has dead letters), encrypted by SQS itself: a customer-managed key would
 * cost $1 a month for each of thousands of queues and be one more grant to forget.
 */
export class Queue extends Construct {
  readonly arn: string;
  readonly url: string;
  readonly name: string;

  /** @throws RangeError where a message would be dead after fewer than 5 receives. */
  constructor(scope: Construct, id: string, props: QueueProps) {
    super(scope, id);
    const { provider, name, policy, visibilityTimeoutSeconds = 30, deadLetters } = props;
    if (deadLetters !== undefined && deadLetters.after < 5)
      throw new RangeError(`${name}: throttled polls would kill messages, allow 5 receives`);
    const queue = new SqsQueue(this, 'queue', {
      provider,
      name,
      // A dead message's age counts from when it first came: its queue must keep it for longer.
      messageRetentionSeconds: (deadLetters === undefined ? 14 : 4) * DAY,
      visibilityTimeoutSeconds,
      sqsManagedSseEnabled: true,
      // In the queue itself: the provider would wait for half a minute more for a resource of its own.
      ...(policy === undefined ? {} : { policy: JSON.stringify(policy) }),
      ...(deadLetters === undefined
        ? {}
        : {
            redrivePolicy: JSON.stringify({
              deadLetterTargetArn: deadLetters.queue.arn,
              maxReceiveCount: deadLetters.after,
            }),
          }),
    });
    this.arn = queue.arn;
    this.url = queue.url;
    this.name = queue.name;
  }
}
