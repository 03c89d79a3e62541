import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SQSEvent } from 'aws-lambda';
import type { AwsServer } from '../support/aws-server';
import { json, organizationInAws } from '../support/organization-in-aws';

const MANAGEMENT = '111111111111';
const NEW = '666666666666';

const lifecycle = (eventName: string, details: object, account = MANAGEMENT) => ({
  account,
  detail: {
    eventSource: eventName.startsWith('CreateManaged')
      ? 'controltower.amazonaws.com'
      : 'organizations.amazonaws.com',
    ...{ eventName, eventID: 'event-1', eventTime: '2026-11-21T10:00:00Z' },
    serviceEventDetails: details,
  },
});
const created = lifecycle('CreateAccountResult', {
  createAccountStatus: { state: 'SUCCEEDED', accountId: NEW, accountName: 'new' },
});

let aws: AwsServer & { restore(): void };
beforeEach(async () => {
  aws = await organizationInAws();
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    PARAPET_ORGANIZATION: 'o-exampleorg1',
    PARAPET_MANAGEMENT: MANAGEMENT,
    PARAPET_DECISIONS_TABLE: 'parapet-decisions',
    PARAPET_BODIES_BUCKET: 'parapet-bodies',
    PARAPET_BUS_NAME: 'parapet-bus',
  });
  jest.resetModules();
});
afterEach(async () => {
  aws.restore();
  await aws.close();
});

async function handled(event: object) {
  const { handler } = require('#lambdas/vending/index') as {
    handler: (event: SQSEvent) => Promise<{ batchItemFailures: unknown[] }>;
  };
  const Records = [{ messageId: 'm', body: JSON.stringify(event) }];
  return (await handler({ Records } as unknown as SQSEvent)).batchItemFailures.length;
}
const calls = () => aws.received.map(({ call }) => call.replace(/PUT .*/, 'PUT'));

test('an account that came is kept, recorded and published as not enrolled', async () => {
  expect(await handled(created)).toBe(0);

  expect(calls()).toEqual(['s3 PUT', 'dynamodb PutItem', 'events PutEvents']);
  const [entry] = JSON.parse(aws.received.at(-1)?.body ?? '').Entries;
  expect(JSON.parse(entry.Detail)).toMatchObject({
    guardrail: 'parapet.account-not-enrolled',
    resource: `arn:aws:organizations::${MANAGEMENT}:account/o-exampleorg1/${NEW}`,
    verdict: 'violates',
  });
});

test.each([
  ['that failed', lifecycle('CreateAccountResult', { createAccountStatus: { state: 'FAILED' } })],
  ['of no lifecycle', lifecycle('CreateOrganizationalUnit', {})],
])('an event %s is nothing', async (_what, event) => {
  expect(await handled(event)).toBe(0);
  expect(calls()).toEqual([]);
});

test('a member cannot enrol an account: its event goes back to the queue', async () => {
  const forged = { ...created, account: NEW };

  expect(await handled(forged)).toBe(1);
  expect(calls()).toEqual([]);
});

test('CodeBuild is asked to take a departed account out, once for an event', async () => {
  process.env.PARAPET_DEPLOYER = JSON.stringify({ kind: 'codebuild', project: 'parapet-vend' });

  await handled(lifecycle('AccountDepartedOrganization', { departure: { accountId: NEW } }));

  expect(calls()).toEqual(['codebuild StartBuild']);
  expect(JSON.parse(aws.received[0]?.body ?? '')).toMatchObject({
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
    response.writeHead(status).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/vend`;
  process.env.PARAPET_DEPLOYER = JSON.stringify({ kind: 'webhook', url, secret: 'vending' });
  aws.instead.set('secretsmanager GetSecretValue', json({ SecretString: 'key' }));

  expect(await handled(created)).toBe(back);

  server.closeAllConnections();
  server.close();
  const [one] = seen;
  const expected = createHmac('sha256', 'key').update(`${one?.stamp}.${one?.body}`).digest('hex');
  expect(one?.signature).toBe(`sha256=${expected}`);
  expect(JSON.parse(one?.body ?? '')).toEqual({ id: 'event-1', verb: 'vend', account: NEW });
});
