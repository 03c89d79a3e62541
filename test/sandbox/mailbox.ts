import { at, type Json, names, textAt } from '#core';
import { makeCall } from '#sandbox/calls';
import { asRoot } from '#sandbox/clients';
import type { Sandbox } from '#sandbox/record';
import { uniqueName } from './world';

/** A queue of the security account that is subscribed to the topic of violations. */
export async function mailbox(sandbox: Sandbox) {
  const { account, region } = sandbox.security;
  const call = (operation: string, input: Json) =>
    makeCall(asRoot(sandbox, account, region), operation, input);
  const name = uniqueName('mailbox');
  await call('sqs:CreateQueue', { QueueName: name });
  await subscribe(sandbox, `arn:aws:sqs:${region}:${account}:${name}`);
  const QueueUrl = `${sandbox.endpoint}/${account}/${name}`;
  const messages: string[] = [];
  return {
    /** All that came by now. */
    async messages(): Promise<readonly string[]> {
      const answer = await call('sqs:ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
      for (const message of (at(answer, 'Messages') ?? []) as readonly Json[]) {
        messages.push(textAt(JSON.parse(textAt(message, 'Body') ?? '{}'), 'Message') ?? '');
        await call('sqs:DeleteMessage', {
          ...{ QueueUrl, ReceiptHandle: textAt(message, 'ReceiptHandle') ?? '' },
        });
      }
      return messages;
    },
  };
}

/** The project needs SNS nowhere else, so its client is not installed. */
async function subscribe({ endpoint, security }: Sandbox, queue: string): Promise<void> {
  const { account, region } = security;
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${account}/20261121/${region}/sns/aws4_request, SignedHeaders=host, Signature=none`,
    },
    body: new URLSearchParams({
      ...{ Action: 'Subscribe', Version: '2010-03-31', Protocol: 'sqs', Endpoint: queue },
      TopicArn: `arn:aws:sns:${region}:${account}:${names.notifications}`,
    }),
  });
  if (!answer.ok) throw new Error(`the queue could not be subscribed: ${await answer.text()}`);
}
