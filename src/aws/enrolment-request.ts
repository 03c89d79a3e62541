import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { enrolmentRequest, names } from '#core';
import type { AccountClientConfig } from './accounts';

/** Has the security account look whether an account is enrolled, as it is now. */
export async function requestEnrolment(
  security: AccountClientConfig,
  account: string,
  id: string,
): Promise<void> {
  const sqs = new SQSClient(security);
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: names.vending }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: enrolmentRequest(account, id) }));
}
