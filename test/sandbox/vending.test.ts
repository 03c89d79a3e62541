import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, type Json, names, textAt } from '#core';
import { makeCall } from '#sandbox/calls';
import { asRoot } from '#sandbox/clients';
import { principals } from '#sandbox/principals';
import { takeRejected } from '#sandbox/rejects';
import { isPublic, openableBucket } from './buckets';
import { vendingIn } from './vending-world';
import { uniqueName, until, worldIn } from './world';

const REGIONS = ['us-east-1', 'eu-west-1'] as const;
const PROD = '/Workloads/Prod';

const { sandbox, decided } = worldIn();
const { places, as, parapet, accountIn, move, forwardLifecycle, departed, tidy } =
  vendingIn(sandbox);
const { account: securityId, region: home } = sandbox.security;
const management = as(sandbox.management, 'us-east-1');
const security = as(securityId, home);

const snapshotText = (): string => readFileSync(places.snapshot, 'utf8');
const inSnapshot = (account: string): Json | undefined =>
  JSON.parse(snapshotText()).accounts.find(({ id }: { id: string }) => id === account);
const arnOf = (account: string): string =>
  `arn:aws:organizations::${sandbox.management}:account/${sandbox.organization}/${account}`;
const waiting = async (QueueName: string): Promise<number> => {
  const QueueUrl = `${sandbox.endpoint}/${securityId}/${QueueName}`;
  const AttributeNames = ['ApproximateNumberOfMessages'];
  const answer = await security('sqs:GetQueueAttributes', { QueueUrl, AttributeNames });
  return Number(textAt(answer, 'Attributes', 'ApproximateNumberOfMessages'));
};

/** Terraform of a whole stack, several times, on a machine that may be busy. */
jest.setTimeout(600_000);

const before = snapshotText();
const made: string[] = [];
let account = '';
let developer: (region: string) => (operation: string, input: Json) => Promise<unknown>;
let stopForwarding = async () => {};

beforeAll(async () => {
  stopForwarding = await forwardLifecycle();
  account = await accountIn(PROD, uniqueName('vended'));
  made.push(account);
  const people = principals({ ...sandbox, accounts: { ...sandbox.accounts, vended: account } });
  developer = (region) => async (operation, input) => {
    const by = { role: 'Developer', session: 'ana@example.com' };
    const credentials = await people.keysOf(account, by);
    return makeCall({ ...asRoot(sandbox, account, region), credentials }, operation, input);
  };
});

/** As it was found: other suites work in the same sandbox. */
afterAll(async () => {
  await stopForwarding();
  if (inSnapshot(account)) await parapet(['unvend', account]);
  for (const id of made)
    await management('organizations:RemoveAccountFromOrganization', { AccountId: id });
  writeFileSync(places.snapshot, before);
  await parapet(['deploy', '--stacks', 'security']);
  await takeRejected(sandbox);
  tidy(made);
});

test('an account that comes is told of as not enrolled, by its own event', async () => {
  const decision = await decided(arnOf(account));

  expect(decision).toMatchObject({
    ...{ guardrail: 'parapet.account-not-enrolled', verdict: 'violates', outcome: 'observed' },
    ...{ account, call: { name: 'CreateAccountResult' } },
  });
  expect(await waiting('parapet-vending-dead-letters')).toBe(0);
});

test('accounts that are outside, in no OU or suspended are refused, and nothing is deployed', async () => {
  const rooted = await accountIn('/', uniqueName('rooted'));
  const suspended = await accountIn(PROD, uniqueName('suspended'));
  made.push(rooted, suspended);
  await management('organizations:CloseAccount', { AccountId: suspended });

  const refusals = [
    await parapet(['vend', '999999999999']),
    await parapet(['vend', rooted]),
    await parapet(['vend', suspended]),
  ];

  expect(refusals.map(({ code }) => code)).toEqual([2, 2, 2]);
  expect(refusals.map(({ stderr }) => /error: (.*)/.exec(stderr)?.[1])).toEqual([
    expect.stringContaining('is not in the organization'),
    expect.stringContaining('lies in no OU'),
    expect.stringContaining('is SUSPENDED'),
  ]);
  for (const id of [rooted, suspended])
    expect(existsSync(join(places.folder, 'state', `member-${id}.tfstate`))).toBe(false);
});

test('vend deploys its stack alone and sees its calls on the bus, though it is moved meanwhile', async () => {
  let moved: Promise<unknown> | undefined;

  const { code, data } = await parapet(['vend', account], (said) => {
    if (said.includes('deploying')) moved ??= move(account, PROD, '/Sandbox');
  });

  await moved;
  expect(data).toMatchObject({
    ...{ account, ouPath: PROD, movedTo: '/Sandbox', regions: REGIONS, isVended: true },
    stack: { stack: `member-${account}`, end: 'deployed', counts: { change: 0, destroy: 0 } },
    proofs: REGIONS.map((region) => ({ region, isProven: true })),
  });
  expect(code).toBe(0);
  expect(inSnapshot(account)).toMatchObject({ ouPath: '/Sandbox' });
  expect(await decided(arnOf(account), ({ verdict }) => verdict === 'complies')).toMatchObject({
    ...{ reason: `account ${account} is enrolled`, ouPath: PROD },
  });
});

test('the second time, back where it was, it changes nothing', async () => {
  await move(account, '/Sandbox', PROD);

  const { code, data } = await parapet(['vend', account, '--no-proof']);

  expect({ code, stack: data.stack }).toEqual({
    code: 0,
    stack: { stack: `member-${account}`, end: 'unchanged' },
  });
  expect(inSnapshot(account)).toMatchObject({ ouPath: PROD });
});

test('what was done before the responders knew it waits, and is mended by a redrive', async () => {
  const QueueName = uniqueName('early');
  const someone = developer('eu-west-1');
  const waited = await waiting(sandbox.names.rejects);

  await someone('sqs:CreateQueue', { QueueName });
  await until(async () => (await waiting(sandbox.names.rejects)) > waited);
  const deployed = await parapet(['deploy', '--stacks', 'security']);
  const redriven = await parapet(['dlq', 'redrive', '--queue', sandbox.names.rejects]);

  expect([deployed.code, redriven.code]).toEqual([0, 0]);
  const QueueUrl = `${sandbox.endpoint}/${account}/${QueueName}`;
  expect(
    await until(async () => at(await someone('sqs:ListQueueTags', { QueueUrl }), 'Tags')),
  ).toMatchObject({ owner: 'ana@example.com' });
});

test('a bucket that is made public there is seen and made private again', async () => {
  const someone = developer('us-east-1');
  const bucket = await openableBucket('vended', someone, 'eu-west-1');

  await someone('s3:PutBucketAcl', { Bucket: bucket, ACL: 'public-read' });

  const decision = await decided(`arn:aws:s3:::${bucket}`, ({ verdict }) => verdict === 'violates');
  expect(decision).toMatchObject({ account, ouPath: PROD, outcome: 'repaired' });
  expect(await isPublic(bucket, someone)).toBe(false);
});

test('unvend leaves nothing of it, in the account or in the directory', async () => {
  const { code, data } = await parapet(['unvend', account]);

  expect({ code, end: data.stack.end }).toEqual({ code: 0, end: 'removed' });
  const left: Json[] = [];
  for (const region of REGIONS) {
    const call = as(account, region);
    const rules = await call('eventbridge:ListRules', { NamePrefix: 'parapet-' });
    const queues = await call('sqs:ListQueues', { QueueNamePrefix: 'parapet-' });
    left.push(at(rules, 'Rules') ?? [], at(queues, 'QueueUrls') ?? []);
  }
  const roles = at(await as(account, home)('iam:ListRoles', {}), 'Roles') as readonly Json[];
  left.push(roles.filter((role) => textAt(role, 'RoleName')?.startsWith('parapet-')));
  const Key = { account: { S: account } };
  const entry = await security('dynamodb:GetItem', { TableName: names.directory, Key });
  left.push(at(entry, 'Item') ?? []);
  expect(left.flat()).toEqual([]);
});

test('one that has left is told of as no violation any more', async () => {
  await departed(account);

  const decision = await decided(arnOf(account), ({ reason }) => reason.includes('has left'));
  expect(decision).toMatchObject({ verdict: 'complies', outcome: 'nothing' });
});
