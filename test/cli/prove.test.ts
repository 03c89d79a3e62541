import { writeFileSync } from 'node:fs';
import { formatSnapshot } from '#config';
import { decisionId } from '#core';
import * as awsModule from '../../src/cli/aws';
import type { AwsServer } from '../support/aws-server';
import { json, organizationInAws } from '../support/organization-in-aws';
import { inNewFolder, parapet, SNAPSHOT } from './terminal';

const YAML = `accounts:
  management: '111111111111'
  security: '222222222222'
  logArchive: '333333333333'
regions: { home: us-east-1, governed: [us-east-1] }
`;
const SHOP = '444444444444';
const BUS = 'arn:aws:events:us-east-1:222222222222:event-bus/parapet-bus';

let aws: AwsServer & { restore(): void };

beforeEach(async () => {
  aws = await organizationInAws();
  aws.instead.set('sqs CreateQueue', ({ body }) =>
    json({ QueueUrl: `${aws.url}/${SHOP}/${JSON.parse(body).QueueName}` }),
  );
  aws.instead.set('cloudtrail LookupEvents', json({ Events: [] }));
  aws.instead.set('dynamodb GetItem', json({}));
});

afterEach(async () => {
  aws.restore();
  await aws.close();
});

const prove = (...argv: readonly string[]) =>
  inNewFolder(async () => {
    writeFileSync('parapet.yaml', YAML);
    writeFileSync('organization.json', formatSnapshot(SNAPSHOT));
    return parapet(['prove', SHOP, '--wait', '0', ...argv], {
      environment: process.env,
      aws: async () => awsModule,
    });
  });

/** The queue's name in a search of the log group is quoted. */
const queueIn = (body: string): string => JSON.parse(body).filterPattern.slice(1, -1);

const inTheLogGroup = () =>
  aws.instead.set('logs FilterLogEvents', ({ body }) =>
    json({
      events: [
        {
          ingestionTime: Date.now(),
          message: JSON.stringify({
            detail: {
              ...{ eventID: 'event-1', eventName: 'CreateQueue' },
              requestParameters: { queueName: queueIn(body) },
            },
          }),
        },
      ],
    }),
  );

const hopsOf = (stdout: string): readonly string[] =>
  JSON.parse(stdout).hops.map(({ hop, state }: Record<string, string>) => `${hop} ${state}`);

const arnOf = (stdout: string): string =>
  `arn:aws:sqs:us-east-1:${SHOP}:${JSON.parse(stdout).queue}`;

test('a call that is seen in log group and decisions is proven, and its queue is deleted', async () => {
  inTheLogGroup();
  const asked: string[] = [];
  aws.instead.set('dynamodb GetItem', ({ body }) => {
    asked.push(JSON.parse(body).Key.id.S);
    const M = {
      ...{ verdict: { S: 'complies' }, outcome: { S: 'nothing' } },
      at: { M: { recorded: { S: new Date().toISOString() } } },
    };
    return json({ Item: { state: { S: 'final' }, summary: { M } } });
  });

  const { code, stdout } = await prove('--wait', '10', '--json');

  expect(hopsOf(stdout)).toEqual([
    ...['call seen', 'trail passed', 'rule passed', 'bus passed'],
    ...['log group seen', 'responder seen', 'lake not waited for'],
  ]);
  expect(code).toBe(0);
  expect(asked).toEqual([
    decisionId(JSON.stringify(['event-1', SHOP, '', 'sqs.queue-untagged', arnOf(stdout)])),
  ]);
  const made = aws.received.filter(({ call }) => /CreateQueue|DeleteQueue/.test(call));
  expect(made.map(({ call, by }) => [call, by])).toEqual([
    ['sqs CreateQueue', `ROLE${SHOP}`],
    ['sqs DeleteQueue', `ROLE${SHOP}`],
  ]);
  expect(JSON.parse(made[0]?.body ?? '').QueueName).toMatch(/^parapet-proof-[0-9a-f]{12}$/);
});

test('where a member has no rule, that is the hop where it was lost', async () => {
  aws.instead.set('logs FilterLogEvents', json({ events: [] }));
  aws.instead.set('cloudtrail LookupEvents', () => {
    const made = aws.received.find(({ call }) => call === 'sqs CreateQueue');
    const name = JSON.parse(made?.body ?? '{}').QueueName;
    return json({
      Events: [
        {
          ...{ EventId: 'event-1', EventTime: Date.now() / 1000 },
          CloudTrailEvent: JSON.stringify({ requestParameters: { queueName: name } }),
        },
      ],
    });
  });
  aws.instead.set('events DescribeRule', {
    ...json({ __type: 'ResourceNotFoundException' }),
    status: 400,
  });

  const { code, stdout } = await prove();

  expect(code).toBe(1);
  expect(stdout).toContain(
    "there is no rule parapet-forward-services: the account's stack is not deployed here",
  );
  expect(stdout).toContain('Not proven: it was lost at the rule.');
});

test('where rule and trail are fine, it was lost on the way to the bus, and the dead letters are counted', async () => {
  aws.instead.set('logs FilterLogEvents', json({ events: [] }));
  aws.instead.set('cloudtrail LookupEvents', () => {
    const made = aws.received.find(({ call }) => call === 'sqs CreateQueue');
    const name = JSON.parse(made?.body ?? '{}').QueueName;
    const CloudTrailEvent = JSON.stringify({ requestParameters: { queueName: name } });
    return json({
      Events: [{ EventId: 'event-1', EventTime: Date.now() / 1000, CloudTrailEvent }],
    });
  });
  aws.instead.set('events DescribeRule', json({ State: 'ENABLED' }));
  aws.instead.set('events ListTargetsByRule', json({ Targets: [{ Id: 'b', Arn: BUS }] }));
  aws.instead.set('sqs GetQueueUrl', json({ QueueUrl: `${aws.url}/${SHOP}/dead` }));
  aws.instead.set(
    'sqs GetQueueAttributes',
    json({ Attributes: { ApproximateNumberOfMessages: '3' } }),
  );

  const { code, stdout } = await prove('--json');

  expect(code).toBe(1);
  expect(hopsOf(stdout).slice(1, 5)).toEqual([
    ...['trail seen', 'rule passed', 'bus lost', 'log group unknown'],
  ]);
  expect(stdout).toContain('it did not arrive; 3 events wait in its dead-letter queue');
});

test('a log group that a deployment has not is told as off', async () => {
  aws.instead.set('logs FilterLogEvents', {
    ...json({ __type: 'ResourceNotFoundException' }),
    status: 400,
  });

  const { stdout } = await prove('--json');

  expect(hopsOf(stdout)[4]).toBe('log group off');
});

test('a Region that is not governed is refused before anything is made', async () => {
  const { code, stderr } = await prove('--region', 'eu-west-1');

  expect(code).toBe(2);
  expect(stderr).toContain('eu-west-1 is not governed in account 444444444444');
  expect(aws.received).toEqual([]);
});
