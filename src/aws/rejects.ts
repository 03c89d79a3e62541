import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { ParapetError } from '#core';

/**
 * Sends what could not be judged to the reject queue: the message as it came, so that it can be
 * redriven, and the reason beside it.
 */
export async function reject(
  sqs: SQSClient,
  queue: string,
  message: { readonly body: string; readonly reason: string; readonly from: string },
): Promise<void> {
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: queue,
      MessageBody: message.body || ' ',
      MessageAttributes: {
        reason: { DataType: 'String', StringValue: acceptable(message.reason) },
        from: { DataType: 'String', StringValue: message.from },
      },
    }),
  );
}

/** Control characters and halves of a character, which SQS refuses, become `?`; empty is refused too. */
const acceptable = (reason: string): string =>
  reason
    .slice(0, 1000)
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '?') || 'unknown';

/** An error as a reason. By its code: bundles shorten the names of our classes. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error instanceof ParapetError ? error.code : error.name}: ${error.message}`;
}
