import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { asRoot } from './clients';
import type { Sandbox } from './record';

/** What a responder could not judge. */
export interface Rejected {
  readonly body: string;
  readonly reason: string;
  /** The responder's service. */
  readonly from: string;
}

/** Empties the reject queue. */
export async function takeRejected(sandbox: Sandbox): Promise<readonly Rejected[]> {
  const { account, region } = sandbox.security;
  const sqs = new SQSClient(asRoot(sandbox, account, region));
  const QueueUrl = `${sandbox.endpoint}/${account}/${sandbox.names.rejects}`;
  const taken: Rejected[] = [];
  for (;;) {
    const { Messages: messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        ...{ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] },
      }),
    );
    if (messages.length === 0) return taken;
    for (const { Body = '', MessageAttributes: attributes, ReceiptHandle } of messages) {
      taken.push({
        body: Body,
        reason: attributes?.reason?.StringValue ?? '',
        from: attributes?.from?.StringValue ?? '',
      });
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
}
