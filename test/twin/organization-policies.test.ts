import { textAt } from '#core';
import type { Twin } from '#twin';
import { defaultBus } from '#twin/delivery';
import { MANAGEMENT, SECURITY, SHOP } from '../stacks/organization';
import { NEWCOMER, twinOfTheStacks } from './organization';

let twin: Twin;
beforeAll(() => {
  twin = twinOfTheStacks();
});

/** Whether a session of a role that has all rights in its account may do this there. */
const ruling = (role: string, account: string, action: string, resource: string) =>
  twin.authority.administrator(
    { roleArn: `arn:aws:iam::${account}:role/${role}`, sessionName: 'somebody' },
    { action, resource, resourceAccount: account, region: 'us-east-1' },
  );

const EXEMPT = [
  'parapet-forward',
  'parapet-reader',
  'parapet-remediate-s3',
  'Deployment',
  'stacksets-exec-0123456789abcdef',
  'AWSControlTowerExecution',
];

const RULE = `arn:aws:events:us-east-1:${SHOP}:rule/parapet-forward-storage`;
const QUEUE = `arn:aws:sqs:us-east-1:${SHOP}:parapet-forward-dead-letters`;
const role = (name: string) => `arn:aws:iam::${SHOP}:role/${name}`;

const KEPT: readonly (readonly [statement: string, action: string, resource: string])[] = [
  ['KeepRules', 'events:DisableRule', RULE],
  ['KeepRules', 'events:DeleteRule', RULE],
  ['KeepRules', 'events:PutRule', RULE],
  ['KeepRules', 'events:PutTargets', RULE],
  ['KeepRules', 'events:RemoveTargets', RULE],
  ['KeepQueues', 'sqs:SetQueueAttributes', QUEUE],
  ['KeepQueues', 'sqs:RemovePermission', QUEUE],
  ['KeepQueues', 'sqs:PurgeQueue', QUEUE],
  ['KeepQueues', 'sqs:DeleteQueue', QUEUE],
  ['KeepRoles', 'iam:PassRole', role('parapet-forward')],
  ['KeepRoles', 'iam:DeleteRolePolicy', role('parapet-forward')],
  ['KeepRoles', 'iam:UpdateAssumeRolePolicy', role('Deployment')],
  ['KeepRoles', 'iam:CreateRole', role('parapet-remediate-anything')],
  ['KeepRoles', 'iam:CreateRole', role('parapet-remediate-x/evil')],
  ['KeepRoles', 'iam:CreateRole', role('stacksets-exec-mine')],
  ['KeepRoles', 'iam:AttachRolePolicy', role('AWSControlTowerExecution')],
  ['KeepRegions', 'account:EnableRegion', '*'],
  ['KeepRegions', 'account:DisableRegion', '*'],
];

describe('protect', () => {
  it.each(KEPT)('keeps a member’s administrator, by %s, from %s on %s', (sid, action, resource) => {
    const { allowed, reason } = ruling('Admin', SHOP, action, resource);

    expect(allowed).toBe(false);
    expect(reason).toContain(`(${sid}) of the parapet-protect`);
  });

  it.each(EXEMPT)('leaves %s alone', (exempt) => {
    const refused = KEPT.filter(
      ([, action, resource]) => !ruling(exempt, SHOP, action, resource).allowed,
    );

    expect(refused).toEqual([]);
  });

  it.each(['Admin', ...EXEMPT])('lets no account leave the organization, by %s neither', (who) => {
    expect(ruling(who, SHOP, 'organizations:LeaveOrganization', '*').allowed).toBe(false);
    expect(ruling(who, SHOP, 'account:CloseAccount', '*').allowed).toBe(false);
  });

  it.each([
    'parapet-forward-evil',
    'my-parapet-reader',
    'x/parapet-forward',
    'AWSControlTowerExecution2',
    'deployment',
  ])('is not evaded by a role named %s', (name) => {
    expect(ruling(name, SHOP, 'events:DisableRule', RULE).allowed).toBe(false);
  });

  it('leaves a member’s administrator all that is the member’s own', () => {
    const own = [
      ['events:PutRule', `arn:aws:events:us-east-1:${SHOP}:rule/nightly`],
      ['sqs:SetQueueAttributes', `arn:aws:sqs:us-east-1:${SHOP}:orders`],
      ['iam:CreateRole', role('worker')],
      ['iam:PassRole', role('worker')],
      ['s3:CreateBucket', 'arn:aws:s3:::shop'],
    ] as const;

    const refused = own.filter(
      ([action, resource]) => !ruling('Admin', SHOP, action, resource).allowed,
    );
    expect(refused).toEqual([]);
  });

  it('binds only where it is attached, and the management account never', () => {
    const inSecurity = RULE.replace(SHOP, SECURITY);

    expect(ruling('Admin', SECURITY, 'events:DisableRule', inSecurity).allowed).toBe(true);
    expect(ruling('Admin', MANAGEMENT, 'events:DisableRule', RULE).reason).not.toContain('protect');
  });
});

describe('quarantine', () => {
  it.each([
    ['s3:ListAllMyBuckets', '*'],
    ['ec2:RunInstances', `arn:aws:ec2:us-east-1:${NEWCOMER}:instance/*`],
    ['iam:CreateUser', `arn:aws:iam::${NEWCOMER}:user/me`],
    ['iam:CreateRole', `arn:aws:iam::${NEWCOMER}:role/parapet-remediate-me`],
    ['organizations:LeaveOrganization', '*'],
  ])('lets nobody of the account do %s', (action, resource) => {
    const { allowed, reason } = ruling('Admin', NEWCOMER, action, resource);

    expect(allowed).toBe(false);
    expect(reason).toContain('(NothingButEnrolling) of the parapet-quarantine');
  });

  it.each(EXEMPT)('lets the account be enrolled by %s', (exempt) => {
    const enrolling = [
      ['iam:CreateRole', `arn:aws:iam::${NEWCOMER}:role/parapet-forward`],
      ['events:PutRule', `arn:aws:events:us-east-1:${NEWCOMER}:rule/parapet-forward-storage`],
      ['sqs:CreateQueue', `arn:aws:sqs:us-east-1:${NEWCOMER}:parapet-forward-dead-letters`],
    ] as const;

    const refused = enrolling.filter(
      ([action, resource]) => !ruling(exempt, NEWCOMER, action, resource).allowed,
    );
    expect(refused).toEqual([]);
  });

  it('binds no account elsewhere', () => {
    expect(ruling('Admin', SHOP, 's3:ListAllMyBuckets', '*').allowed).toBe(true);
  });
});

describe('the lifecycle of accounts', () => {
  const event = (source: string, eventName: string) => ({
    version: '0',
    id: '00000000-0000-4000-8000-000000000001',
    source: `aws.${source}`,
    'detail-type': 'AWS Service Event via CloudTrail',
    account: MANAGEMENT,
    time: '2026-01-01T09:00:00Z',
    region: 'us-east-1',
    resources: [],
    detail: { eventSource: `${source}.amazonaws.com`, eventName, readOnly: false },
  });

  it.each([
    ['us-east-1', 'organizations', 'AccountJoinedOrganization'],
    ['us-east-1', 'organizations', 'AccountDepartedOrganization'],
    ['us-east-1', 'organizations', 'CreateAccountResult'],
    ['eu-central-1', 'controltower', 'CreateManagedAccount'],
  ])('is carried from %s, %s: %s, to the security bus', async (region, source, eventName) => {
    twin.put(event(source, eventName), defaultBus(MANAGEMENT, region));

    const [journey] = await twin.settle();
    expect(textAt(journey?.event, 'detail', 'eventName')).toBe(eventName);
    expect(journey?.hops[0]).toMatchObject({
      passed: true,
      what: expect.stringContaining('sends it to the bus parapet-bus'),
    });
  });

  it.each([
    ['eu-central-1', 'organizations', 'CreateAccountResult'],
    ['us-east-1', 'organizations', 'CreateAccount'],
    ['us-east-1', 'controltower', 'CreateManagedAccount'],
  ])('is not looked for in %s, %s: %s', async (region, source, eventName) => {
    twin.put(event(source, eventName), defaultBus(MANAGEMENT, region));

    const [journey] = await twin.settle();
    expect(journey?.hops[0]?.passed).toBe(false);
  });
});
