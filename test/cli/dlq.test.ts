import { writeFileSync } from 'node:fs';
import { formatSnapshot } from '#config';
import * as awsModule from '../../src/cli/aws';
import { type AwsServer, md5 } from '../support/aws-server';
import { accountOf, denied, json, organizationInAws } from '../support/organization-in-aws';
import { inNewFolder, parapet, SNAPSHOT } from './terminal';

const YAML = `accounts:
  management: '111111111111'
  security: '222222222222'
  logArchive: '333333333333'
regions: { home: us-east-1, governed: [us-east-1] }
`;
const SECURITY = '222222222222';
const SHOP = '444444444444';

interface Waiting {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

let aws: AwsServer & { restore(): void };
/** `account/queue` → what waits there. */
let waiting: Record<string, Waiting[]>;
let sent: { readonly to: string; readonly body: string }[];

const trailEvent = (account: string) =>
  JSON.stringify({
    ...{ version: '0', id: 'e', source: 'aws.sqs', account, region: 'us-east-1' },
    ...{
      'detail-type': 'AWS API Call via CloudTrail',
      time: '2026-11-21T10:00:00Z',
      resources: [],
    },
    detail: {
      ...{ eventVersion: '1.11', eventID: 'event-1', eventTime: '2026-11-21T10:00:00Z' },
      ...{ eventSource: 'sqs.amazonaws.com', eventName: 'CreateQueue', awsRegion: 'us-east-1' },
      ...{ recipientAccountId: account, eventType: 'AwsApiCall', readOnly: false },
      userIdentity: {
        type: 'IAMUser',
        accountId: account,
        arn: `arn:aws:iam::${account}:user/ana`,
      },
      requestParameters: { queueName: 'orders' },
      responseElements: null,
    },
  });

beforeEach(async () => {
  aws = await organizationInAws();
  sent = [];
  waiting = {
    [`${SECURITY}/parapet-rejects`]: [
      { body: '{}', attributes: { reason: 'unjudgeable-event: no account', from: 'sqs' } },
    ],
    [`${SECURITY}/parapet-respond-s3-dead-letters`]: [{ body: '{}', attributes: {} }],
    [`${SHOP}/parapet-forward-dead-letters`]: [
      {
        body: trailEvent(SHOP),
        attributes: { ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'not authorized' },
      },
      { body: trailEvent('555555555555'), attributes: { ERROR_CODE: 'NO_PERMISSIONS' } },
    ],
  };
  const inQueue = ({ QueueUrl: url = '' }: Record<string, string>) =>
    waiting[url.split('/').slice(-2).join('/')] ?? [];
  const hidden = new Set<Waiting>();
  aws.instead.set('sqs GetQueueUrl', (received) =>
    json({ QueueUrl: `${aws.url}/${accountOf(received)}/${JSON.parse(received.body).QueueName}` }),
  );
  aws.instead.set('sqs GetQueueAttributes', ({ body }) =>
    json({ Attributes: { ApproximateNumberOfMessages: String(inQueue(JSON.parse(body)).length) } }),
  );
  aws.instead.set('sqs ReceiveMessage', ({ body }) => {
    const input = JSON.parse(body);
    const visible = inQueue(input).filter((one) => !hidden.has(one));
    if (input.VisibilityTimeout > 0) for (const one of visible) hidden.add(one);
    return json({
      Messages: visible.map((one, i) => ({
        ...{ MessageId: `m-${i}-${one.body.length}`, ReceiptHandle: `${i}`, Body: one.body },
        MD5OfBody: md5(one.body),
        MessageAttributes: Object.fromEntries(
          Object.entries(one.attributes).map(([name, StringValue]) => [
            name,
            { DataType: 'String', StringValue },
          ]),
        ),
      })),
    });
  });
  aws.instead.set('sqs SendMessage', (received) => {
    const { QueueUrl, MessageBody } = JSON.parse(received.body);
    sent.push({ to: QueueUrl.split('/').slice(-2).join('/'), body: MessageBody });
    return json({ MessageId: 'm', MD5OfMessageBody: md5(MessageBody) });
  });
});

afterEach(async () => {
  aws.restore();
  await aws.close();
});

const dlq = (...argv: readonly string[]) =>
  inNewFolder(async () => {
    writeFileSync('parapet.yaml', YAML);
    writeFileSync('organization.json', formatSnapshot(SNAPSHOT));
    return parapet(['dlq', ...argv], { environment: process.env, aws: async () => awsModule });
  });

test('what waits is listed over accounts and Regions, with its reasons', async () => {
  const { code, stdout } = await dlq('list');

  expect(code).toBe(1);
  expect(stdout).toBe(`account       Region     queue                            messages  reasons
222222222222  us-east-1  parapet-rejects                  1         unjudgeable-event: no account
222222222222  us-east-1  parapet-respond-s3-dead-letters  1         received too often
444444444444  us-east-1  parapet-forward-dead-letters     2         NO_PERMISSIONS | NO_PERMISSIONS: not authorized
`);
});

test('nothing that waits is told with the number of queues', async () => {
  waiting = {};

  const { code, stdout } = await dlq('list');

  expect(code).toBe(0);
  expect(stdout).toBe('Nothing waits in 16 queues.\n');
});

test('a queue that may not be looked into is named, and never counts as empty', async () => {
  waiting = {};
  aws.instead.set('sqs GetQueueUrl', (received) =>
    accountOf(received) === SHOP
      ? denied('sqs:GetQueueUrl')
      : json({ QueueUrl: `${aws.url}/${accountOf(received)}/q` }),
  );

  const { code, stdout } = await dlq('list');

  expect(code).toBe(3);
  expect(stdout).toMatch(/444444444444 .* \? \(AccessDeniedException\)/);
});

test('each goes where it can be judged; what is not of the queue’s own account stays', async () => {
  const { code, stdout } = await dlq('redrive', '--auto-approve', '--json');

  const results = JSON.parse(stdout).queues.map(
    ({ queue, result }: Record<string, string>) => `${queue}: ${result}`,
  );
  expect(code).toBe(0);
  expect(results).toEqual([
    'parapet-rejects: 1 sent',
    'parapet-respond-s3-dead-letters: moving to parapet-respond-s3',
    'parapet-forward-dead-letters: 1 sent; 1 left: it is not from the account and Region of its queue',
  ]);
  expect(sent.toSorted((one, other) => one.body.length - other.body.length)).toEqual([
    { to: `${SECURITY}/parapet-respond-sqs`, body: '{}' },
    { to: `${SECURITY}/parapet-respond-sqs`, body: trailEvent(SHOP) },
  ]);
  const moved = aws.received.find(({ call }) => call === 'sqs StartMessageMoveTask');
  expect(JSON.parse(moved?.body ?? '')).toEqual({
    SourceArn: 'arn:aws:sqs:us-east-1:222222222222:parapet-respond-s3-dead-letters',
    DestinationArn: 'arn:aws:sqs:us-east-1:222222222222:parapet-respond-s3',
  });
  expect(aws.received.filter(({ call }) => call === 'sqs DeleteMessage')).toHaveLength(2);
});

test('without approval nothing is sent', async () => {
  const { code, stderr } = await dlq('redrive');

  expect(code).toBe(2);
  expect(stderr).toContain('parapet-rejects: 1: unjudgeable-event: no account');
  expect(sent).toEqual([]);
});
