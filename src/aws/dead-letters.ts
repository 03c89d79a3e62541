import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { queueArn } from '#core';
import type { AccountAccess } from './accounts';
import { codeOf } from './answer';

/** A queue of what could not be done, in one account's Region. */
export interface DeadLetterQueue {
  readonly account: string;
  readonly region: string;
  readonly queue: string;
}

export interface DeadLetters extends DeadLetterQueue {
  /** Approximate, as SQS counts. */
  readonly messages: number;
  /** Reasons of some of them, each once. */
  readonly reasons: readonly string[];
}

export type Listed =
  | ({ readonly kind: 'listed' } & DeadLetters)
  | ({ readonly kind: 'none' } & DeadLetterQueue)
  | ({ readonly kind: 'refused'; readonly because: string } & DeadLetterQueue);

/** A look hides nothing: a redrive that is not asked about follows at once, and must find it. */
const PEEK_SECONDS = 0;

/** What waits in a queue, and why. A queue that does not exist is an answer, a refusal another. */
export async function listDeadLetters(of: DeadLetterQueue, access: AccountAccess): Promise<Listed> {
  const sqs = new SQSClient(access(of.account, of.region));
  try {
    const url = await urlOf(sqs, of.queue);
    if (url === undefined) return { kind: 'none', ...of };
    const messages = await messagesIn(sqs, url);
    const seen = messages === 0 ? [] : await received(sqs, url, PEEK_SECONDS);
    return {
      kind: 'listed',
      ...of,
      messages,
      reasons: [...new Set(seen.map(reasonOf))].toSorted(),
    };
  } catch (error) {
    return { kind: 'refused', ...of, because: codeOf(error) };
  }
}

/** How many messages a queue holds, those that somebody has just received among them. */
export async function messagesIn(sqs: SQSClient, url: string): Promise<number> {
  const { Attributes: attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: url,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return (
    Number(attributes?.ApproximateNumberOfMessages ?? 0) +
    Number(attributes?.ApproximateNumberOfMessagesNotVisible ?? 0)
  );
}

/** A queue's URL, or undefined where there is no such queue. */
export async function urlOf(sqs: SQSClient, queue: string): Promise<string | undefined> {
  try {
    return (await sqs.send(new GetQueueUrlCommand({ QueueName: queue }))).QueueUrl;
  } catch (error) {
    if (/NonExistentQueue|QueueDoesNotExist/.test(codeOf(error))) return undefined;
    throw error;
  }
}

async function received(sqs: SQSClient, url: string, seconds: number): Promise<readonly Message[]> {
  const { Messages: messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      ...{ QueueUrl: url, MaxNumberOfMessages: 10, VisibilityTimeout: seconds },
      MessageAttributeNames: ['All'],
    }),
  );
  return messages;
}

/**
 * EventBridge tells why in attributes; our responders do for what they reject.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
function reasonOf({ MessageAttributes: attributes = {} }: Message): string {
  const text = (name: string) => attributes[name]?.StringValue;
  const told = text('reason') ?? text('ERROR_MESSAGE') ?? text('ERROR_CODE');
  const code = text('ERROR_MESSAGE') === undefined ? undefined : text('ERROR_CODE');
  return [code, told ?? 'received too often'].filter((part) => part !== undefined).join(': ');
}

/**
 * Has SQS move a whole queue to another one of the same account and Region. It goes on by itself.
 * @throws what SQS answers, e.g. where a move is under way already
 */
export async function moveAll(
  of: DeadLetterQueue,
  { partition, to }: { readonly partition: string; readonly to: string },
  access: AccountAccess,
): Promise<void> {
  const sqs = new SQSClient(access(of.account, of.region));
  await sqs.send(
    new StartMessageMoveTaskCommand({
      SourceArn: queueArn(partition, of),
      DestinationArn: queueArn(partition, { ...of, queue: to }),
    }),
  );
}

/** What is to become of one message: sent to queues elsewhere, or left with a reason. */
export type Destination = { readonly to: readonly DeadLetterQueue[] } | { readonly left: string };

export interface Redriven {
  readonly sent: number;
  /** Reason → how many were left for it. */
  readonly left: Readonly<Record<string, number>>;
}

/** Long enough that a message is sent and deleted before it could be received again. */
const HOLD_SECONDS = 120;

/**
 * Sends each message on and deletes it then: one that is sent twice is decided once. What stays is
 * hidden for two minutes, so that each is looked at once.
 */
export async function sendOn(
  of: DeadLetterQueue,
  destinationOf: (message: {
    readonly body: string;
    readonly from: string | undefined;
  }) => Destination,
  access: AccountAccess,
): Promise<Redriven> {
  const sqs = new SQSClient(access(of.account, of.region));
  const url = await urlOf(sqs, of.queue);
  const left: Record<string, number> = {};
  const seen = new Set<string>();
  let sent = 0;
  if (url === undefined) return { sent, left };
  for (;;) {
    const fresh = (await received(sqs, url, HOLD_SECONDS)).filter(
      ({ MessageId: id = '' }) => !seen.has(id),
    );
    if (fresh.length === 0) return { sent, left };
    for (const message of fresh) {
      const { Body: body = '', MessageId: id = '', ReceiptHandle, MessageAttributes } = message;
      seen.add(id);
      const where = destinationOf({ body, from: MessageAttributes?.from?.StringValue });
      if ('left' in where) {
        left[where.left] = (left[where.left] ?? 0) + 1;
        continue;
      }
      for (const { account, region, queue } of where.to) {
        const other = new SQSClient(access(account, region));
        const target = await urlOf(other, queue);
        if (target === undefined) throw new Error(`there is no queue ${queue} in ${account}`);
        await other.send(new SendMessageCommand({ QueueUrl: target, MessageBody: body }));
      }
      await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
      sent += 1;
    }
  }
}
