import { at, textAt } from '#core';
import { makeCall } from './calls';
import { asRoot } from './clients';
import type { Sandbox } from './record';

/** Whether no responder has an event before it or in its hands. */
export async function isIdle(sandbox: Sandbox): Promise<boolean> {
  const { account, region } = sandbox.security;
  const security = asRoot(sandbox, account, region);
  const listed = await makeCall(security, 'sqs:ListQueues', {
    QueueNamePrefix: 'parapet-respond-',
  });
  const urls = (at(listed, 'QueueUrls') ?? []) as readonly string[];
  for (const QueueUrl of urls.filter((url) => !url.endsWith('-dead-letters'))) {
    const answer = await makeCall(security, 'sqs:GetQueueAttributes', {
      QueueUrl,
      AttributeNames: [WAITING, IN_HAND],
    });
    if ([WAITING, IN_HAND].some((name) => textAt(answer, 'Attributes', name) !== '0')) return false;
  }
  return true;
}

const WAITING = 'ApproximateNumberOfMessages';
const IN_HAND = 'ApproximateNumberOfMessagesNotVisible';
