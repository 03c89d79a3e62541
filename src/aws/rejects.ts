import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

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
        reason: { DataType: 'String', StringValue: message.reason.slice(0, 1000) },
        from: { DataType: 'String', StringValue: message.from },
      },
    }),
  );
}
