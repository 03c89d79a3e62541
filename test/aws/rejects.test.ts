import { SQSClient } from '@aws-sdk/client-sqs';
import { reject } from '#aws/rejects';
import { fakeAws } from '../support/fake-aws';

/** What SQS takes: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const ALLOWED = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]+$/u;

async function sent(message: Parameters<typeof reject>[2]) {
  const { asked, requestHandler } = fakeAws(() => ({ body: '{"MessageId":"m"}' }));
  const sqs = new SQSClient({
    ...{ requestHandler, md5: false, region: 'us-east-1' },
    credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
  });
  const queue = 'https://sqs.us-east-1.amazonaws.com/222222222222/parapet-rejects';
  await reject(sqs, queue, message);
  return JSON.parse(asked[0]?.body ?? '{}');
}

test('a message goes as it came, with the reason and who rejected it', async () => {
  expect(await sent({ body: '{"a":1}', reason: 'the event is not JSON', from: 's3' })).toEqual({
    QueueUrl: 'https://sqs.us-east-1.amazonaws.com/222222222222/parapet-rejects',
    MessageBody: '{"a":1}',
    MessageAttributes: {
      reason: { DataType: 'String', StringValue: 'the event is not JSON' },
      from: { DataType: 'String', StringValue: 's3' },
    },
  });
});

test.each([
  ['has characters SQS refuses', 'names \u0000\u001b\ufffe'],
  ['is too long and ends in half a character', `${'x'.repeat(999)}𝒜 and more`],
  ['has half a character', 'names \ud800'],
  ['is empty', ''],
])('a reason that %s becomes one that SQS takes', async (_, reason) => {
  const { MessageAttributes: attributes } = await sent({ body: 'x', reason, from: 's3' });

  expect(attributes.reason.StringValue).toMatch(ALLOWED);
  expect(attributes.reason.StringValue.length).toBeLessThanOrEqual(1000);
});

test('an empty message can be rejected too', async () => {
  expect((await sent({ body: '', reason: 'the event is not JSON', from: 's3' })).MessageBody).toBe(
    ' ',
  );
});
