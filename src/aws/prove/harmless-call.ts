import { CreateQueueCommand, DeleteQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { nameOf, queueArn } from '#core';
import type { AccountAccess } from '../accounts';

export interface HarmlessCall {
  readonly queue: string;
  readonly arn: string;
  /** Before the call left. */
  readonly called: Date;
  /** Deletes the queue; fails where that is refused. */
  undo(): Promise<void>;
}

interface Options {
  readonly account: string;
  readonly region: string;
  readonly security: { readonly partition: string };
  /** Makes the queue's name one of its own. */
  readonly mark: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly access: AccountAccess;
  readonly now: () => Date;
}

/** Makes an empty queue that nobody uses: the call that texts prove a rule with. */
export async function makeHarmlessCall(options: Options): Promise<HarmlessCall> {
  const { account, region, security, mark, tags, access, now } = options;
  const sqs = new SQSClient(access(account, region));
  const queue = nameOf('proof', mark);
  const called = now();
  const { QueueUrl: url } = await sqs.send(
    new CreateQueueCommand({
      QueueName: queue,
      tags: { ...tags },
      Attributes: { MessageRetentionPeriod: '60' },
    }),
  );
  return {
    ...{ queue, called, arn: queueArn(security.partition, { account, region, queue }) },
    async undo() {
      await sqs.send(new DeleteQueueCommand({ QueueUrl: url }));
    },
  };
}
