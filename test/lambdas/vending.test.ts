import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SQSEvent } from 'aws-lambda';
import { enrolmentRequest, type Json } from '#core';
import type { AwsServer } from '../support/aws-server';
import { envelope } from '../support/event';
import { json, organizationInAws } from '../support/organization-in-aws';

const MANAGEMENT = '111111111111';
const NEW = '666666666666';

/** As AWS shows it: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_cloudtrail-integration.html */
const lifecycle = (
  eventName: string,
  serviceEventDetails: { readonly [key: string]: Json },
  account = MANAGEMENT,
) => {
  const service = eventName === 'CreateManagedAccount' ? 'controltower' : 'organizations';
  return envelope(
    {
      userIdentity: { accountId: account, invokedBy: `${service}.amazonaws.com` },
      ...{ eventName, eventID: 'event-1', eventSource: `${service}.amazonaws.com` },
      ...{ eventType: 'AwsServiceEvent', serviceEventDetails },
    },
    { account, region: 'us-east-1', 'detail-type': 'AWS Service Event via CloudTrail' },
  );
};
const created = lifecycle('CreateAccountResult', {
  createAccountStatus: {
    ...{ id: 'car-examplecreateaccountrequestid111', state: 'SUCCEEDED', accountName: '****' },
    ...{ accountId: NEW, completedTimestamp: 'Nov 21, 2026, 10:00:00 AM' },
  },
});

let aws: AwsServer & { restore(): void };
beforeEach(async () => {
  aws = await organizationInAws();
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    PARAPET_ORGANIZATION: 'o-exampleorg1',
    PARAPET_MANAGEMENT: MANAGEMENT,
    PARAPET_DECISIONS_TABLE: 'parapet-decisions',
    PARAPET_DIRECTORY_TABLE: 'parapet-directory',
    PARAPET_BODIES_BUCKET: 'parapet-bodies',
    PARAPET_BUS_NAME: 'parapet-bus',
  });
  jest.resetModules();
});
afterEach(async () => {
  aws.restore();
  await aws.close();
});

async function handled(body: string) {
  const { handler } = require('#lambdas/vending/index') as {
    handler: (event: SQSEvent) => Promise<{ batchItemFailures: unknown[] }>;
  };
  const event = { Records: [{ messageId: 'm', body }] };
  return (await handler(event as unknown as SQSEvent)).batchItemFailures.length;
}
const calls = () => aws.received.map(({ call }) => call.replace(/PUT .*/, 'PUT'));
const sent = (call: string) =>
  aws.received.filter((one) => one.call === call).map(({ body }) => JSON.parse(body));
const published = () =>
  sent('events PutEvents').map(({ Entries: [entry] }) => JSON.parse(entry.Detail));

const RECORDED = [
  ...['dynamodb GetItem', 's3 PUT', 's3 PUT'],
  ...['dynamodb PutItem', 'events PutEvents', 'dynamodb UpdateItem'],
];

test('an account that came is looked up, recorded and published as not enrolled', async () => {
  expect(await handled(created)).toBe(0);

  expect(calls()).toEqual(RECORDED);
  expect(sent('dynamodb GetItem')[0]).toMatchObject({
    ...{ TableName: 'parapet-directory', Key: { account: { S: NEW } }, ConsistentRead: true },
  });
  expect(published()).toEqual([
    expect.objectContaining({
      ...{ guardrail: 'parapet.account-not-enrolled', verdict: 'violates', outcome: 'observed' },
      resource: `arn:aws:organizations::${MANAGEMENT}:account/o-exampleorg1/${NEW}`,
      ...{ account: NEW, reason: `account ${NEW} is not enrolled: nothing in it is seen yet` },
      call: expect.objectContaining({ name: 'CreateAccountResult' }),
    }),
  ]);
});

test('one that has a stack already is enrolled, whenever its event comes', async () => {
  const entry = { account: { S: NEW }, name: { S: 'new' }, ouPath: { S: '/Sandbox' } };
  aws.instead.set('dynamodb GetItem', json({ Item: entry }));

  await handled(created);

  expect(published()).toMatchObject([
    { verdict: 'complies', outcome: 'nothing', ouPath: '/Sandbox' },
  ]);
});

test('one that left is no violation any more, and does not pass for enrolled if it comes back', async () => {
  await handled(lifecycle('AccountDepartedOrganization', { accountId: NEW }));

  expect(sent('dynamodb DeleteItem')).toMatchObject([
    { TableName: 'parapet-directory', Key: { account: { S: NEW } } },
  ]);
  expect(published()).toMatchObject([
    { verdict: 'complies', reason: `account ${NEW} has left the organization` },
  ]);
});

describe('a request to look at an account', () => {
  const request = enrolmentRequest(NEW, 'request-1');

  test('is answered by what stands, and calls no deployer', async () => {
    process.env.PARAPET_DEPLOYER = JSON.stringify({ kind: 'codebuild', project: 'parapet-vend' });
    aws.instead.set('dynamodb GetItem', json({ Item: { account: { S: NEW } } }));

    expect(await handled(request)).toBe(0);

    expect(published()).toMatchObject([
      { verdict: 'complies', reason: `account ${NEW} is enrolled`, eventID: 'request-1' },
    ]);
    expect(calls()).not.toContain('codebuild StartBuild');
  });

  test('says that it is not enrolled where it has no entry, whoever asks', async () => {
    await handled(request);

    expect(published()).toMatchObject([{ verdict: 'violates', cause: 'sweep' }]);
  });

  test('that names no account goes back to the queue', async () => {
    expect(await handled(enrolmentRequest('all', 'request-1'))).toBe(1);
    expect(calls()).toEqual([]);
  });
});

test('where the directory cannot be asked nothing is said of the account', async () => {
  aws.instead.set('dynamodb GetItem', { ...json({ __type: 'InternalServerError' }), status: 500 });

  expect(await handled(created)).toBe(1);
  expect(calls()).toEqual(['dynamodb GetItem']);
});

test('an event that comes again is not published again', async () => {
  aws.instead.set('dynamodb PutItem', {
    ...json({ __type: 'ConditionalCheckFailedException' }),
    status: 400,
  });
  aws.instead.set('dynamodb GetItem', ({ body }) =>
    json(body.includes('parapet-decisions') ? { Item: { published: { BOOL: true } } } : {}),
  );

  expect(await handled(created)).toBe(0);
  expect(published()).toEqual([]);
});

test('what was recorded and not published is published', async () => {
  aws.instead.set('dynamodb PutItem', {
    ...json({ __type: 'ConditionalCheckFailedException' }),
    status: 400,
  });

  await handled(created);

  expect(published()).toHaveLength(1);
});

test.each([
  [
    'CreateManagedAccount',
    { createManagedAccountStatus: { state: 'SUCCEEDED', account: { accountId: NEW } } },
  ],
  ['AccountJoinedOrganization', { accountId: NEW, joinedMethod: 'Invited' }],
  [
    'AccountJoinedOrganization',
    { membership: { managementAccountId: MANAGEMENT, memberAccountId: NEW } },
  ],
  [
    'CreateAccountResult',
    { createAccountStatus: { accountId: NEW, govCloudAccountId: '777777777777' } },
  ],
])('%s names the account, whatever its facts are wrapped in', async (eventName, details) => {
  expect(await handled(lifecycle(eventName, details))).toBe(0);

  expect(published()).toMatchObject([{ account: NEW, verdict: 'violates' }]);
});

test.each([
  ['that failed', lifecycle('CreateAccountResult', { createAccountStatus: { state: 'FAILED' } })],
  ['of no lifecycle', lifecycle('CreateOrganizationalUnit', {})],
])('an event %s is nothing', async (_what, event) => {
  expect(await handled(event)).toBe(0);
  expect(calls()).toEqual([]);
});

test.each([
  [
    'of a member, which cannot enrol an account',
    lifecycle('CreateAccountResult', { createAccountStatus: { accountId: '7'.repeat(12) } }, NEW),
  ],
  ['that names no account', lifecycle('AccountJoinedOrganization', { joinedMethod: 'Invited' })],
  [
    'that names two',
    lifecycle('AccountJoinedOrganization', {
      a: { accountId: NEW },
      b: { accountId: '7'.repeat(12) },
    }),
  ],
  ['that is no JSON', '{'],
])('an event %s goes back to the queue', async (_what, event) => {
  expect(await handled(event)).toBe(1);
  expect(calls()).toEqual([]);
});

test('CodeBuild is asked to take a departed account out, once for an event', async () => {
  process.env.PARAPET_DEPLOYER = JSON.stringify({ kind: 'codebuild', project: 'parapet-vend' });

  await handled(lifecycle('AccountDepartedOrganization', { departure: { accountId: NEW } }));

  expect(calls()).toEqual([
    'dynamodb DeleteItem',
    ...RECORDED.filter((call) => call !== 'dynamodb GetItem'),
    'codebuild StartBuild',
  ]);
  expect(sent('codebuild StartBuild')[0]).toMatchObject({
    ...{ projectName: 'parapet-vend', idempotencyToken: 'event-1' },
    environmentVariablesOverride: [
      { name: 'ACCOUNT_ID', value: NEW },
      { name: 'PARAPET_VERB', value: 'unvend' },
    ],
  });
});

test.each([
  [200, 0],
  [503, 1],
  [302, 1],
])('a webhook gets a signed request; where it answers %i, %i go back', async (status, back) => {
  const seen: { signature: string; stamp: string; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { headers } = request;
    seen.push({
      signature: String(headers['x-parapet-signature']),
      stamp: String(headers['x-parapet-timestamp']),
      body,
    });
    response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/vend`;
  process.env.PARAPET_DEPLOYER = JSON.stringify({ kind: 'webhook', url, secret: 'vending' });
  aws.instead.set('secretsmanager GetSecretValue', json({ SecretString: 'key' }));

  expect(await handled(created)).toBe(back);

  server.closeAllConnections();
  server.close();
  expect(seen).toHaveLength(1);
  const [one] = seen;
  const expected = createHmac('sha256', 'key').update(`${one?.stamp}.${one?.body}`).digest('hex');
  expect(one?.signature).toBe(`sha256=${expected}`);
  expect(JSON.parse(one?.body ?? '')).toEqual({ id: 'event-1', verb: 'vend', account: NEW });
});

test('a deployer that is none stops the function at once', () => {
  process.env.PARAPET_DEPLOYER = JSON.stringify({ kind: 'webhook', url: 'http://example.com' });

  expect(() => require('#lambdas/vending/index')).toThrow(/https/);
});
