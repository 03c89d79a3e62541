import { writeFileSync } from 'node:fs';
import { formatSnapshot } from '#config';
import * as awsModule from '../../src/cli/aws';
import type { AwsServer } from '../support/aws-server';
import { denied, json, organizationInAws } from '../support/organization-in-aws';
import { inNewFolder, parapet, SNAPSHOT } from './terminal';

const YAML = `accounts:
  management: '111111111111'
  security: '222222222222'
  logArchive: '333333333333'
regions: { home: us-east-1, governed: [us-east-1, eu-west-1] }
`;

let aws: AwsServer & { restore(): void };

const fullAccess = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};
/** Policy name → content and targets. */
let policies: Record<string, { readonly content: object; readonly targets: readonly string[] }>;

const TRAIL = 'arn:aws:cloudtrail:us-east-1:111111111111:trail/organization';

beforeEach(async () => {
  aws = await organizationInAws();
  policies = {
    FullAWSAccess: {
      content: fullAccess,
      targets: [
        SNAPSHOT.root.id,
        ...SNAPSHOT.organizationalUnits.map(({ id }) => id),
        ...SNAPSHOT.accounts.map(({ id }) => id),
      ],
    },
  };
  const answer = (call: string, body: (input: Record<string, string>) => unknown) =>
    aws.instead.set(call, ({ body: text }) => json(body(text === '' ? {} : JSON.parse(text))));
  answer('organizations ListAWSServiceAccessForOrganization', () => ({
    EnabledServicePrincipals: ['account', 'cloudtrail', 'securityhub'].map((name) => ({
      ServicePrincipal: `${name}.amazonaws.com`,
    })),
  }));
  answer('organizations ListDelegatedAdministrators', () => ({
    DelegatedAdministrators: [{ Id: '222222222222' }],
  }));
  answer('organizations ListDelegatedServicesForAccount', () => ({
    DelegatedServices: [{ ServicePrincipal: 'securityhub.amazonaws.com' }],
  }));
  answer('organizations ListRoots', () => ({
    Roots: [
      {
        Id: SNAPSHOT.root.id,
        Name: 'Root',
        PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
      },
    ],
  }));
  answer('organizations ListPolicies', () => ({
    Policies: Object.keys(policies).map((Name) => ({ Id: `p-${Name}`, Name })),
  }));
  answer('organizations ListTargetsForPolicy', ({ PolicyId = '' }) => ({
    Targets: policies[PolicyId.slice(2)]?.targets.map((TargetId) => ({ TargetId })),
  }));
  answer('organizations DescribePolicy', ({ PolicyId = '' }) => ({
    Policy: { Content: JSON.stringify(policies[PolicyId.slice(2)]?.content) },
  }));
  answer('cloudtrail DescribeTrails', () => ({
    trailList: [{ TrailARN: TRAIL, IsOrganizationTrail: true, IsMultiRegionTrail: true }],
  }));
  answer('cloudtrail GetTrailStatus', () => ({ IsLogging: true }));
  answer('cloudtrail GetEventSelectors', () => ({
    EventSelectors: [{ IncludeManagementEvents: true, ReadWriteType: 'All' }],
  }));
  aws.instead.set(
    'account POST /listRegions',
    json({ Regions: ['eu-west-1', 'us-east-1'].map((RegionName) => ({ RegionName })) }),
  );
  aws.instead.set(
    'lambda GET /2016-08-19/account-settings',
    json({ AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 1000 } }),
  );
  answer('servicequotas ListServiceQuotas', () => ({
    Quotas: [{ QuotaName: 'Number of rules', Value: 300 }],
  }));
});

afterEach(async () => {
  aws.restore();
  await aws.close();
});

const preflight = (...argv: readonly string[]) => preflightWith('', ...argv);

/** With more in `parapet.yaml`. */
const preflightWith = (more: string, ...argv: readonly string[]) =>
  inNewFolder(async () => {
    writeFileSync('parapet.yaml', `${YAML}${more}`);
    writeFileSync('organization.json', formatSnapshot(SNAPSHOT));
    return parapet(['preflight', ...argv], {
      environment: process.env,
      aws: async () => awsModule,
    });
  });

test('where nothing stands in the way, every check says so and the exit code is 0', async () => {
  const { code, stdout } = await preflight();

  expect(stdout.split('\n').filter((line) => line !== '')).toEqual([
    'ok       trusted access: account.amazonaws.com has trusted access',
    'ok       trusted access: cloudtrail.amazonaws.com has trusted access',
    'ok       trusted access: securityhub.amazonaws.com has trusted access',
    'ok       delegated administrators: account 222222222222 administers securityhub.amazonaws.com for the organization',
    'ok       deployment roles: the deployment can act in all 5 accounts',
    `ok       trail: ${TRAIL} logs the management events of all accounts`,
    'ok       enabled Regions: the snapshot has the Regions of every account',
    expect.stringMatching(
      /^ok {7}Lambda concurrency: Lambda in account 222222222222, us-east-1, runs 1000/,
    ),
    expect.stringMatching(
      /^ok {7}rules on the bus: a bus in account 222222222222, us-east-1, takes 300/,
    ),
    'ok       service control policies: none refuses what the roles of Parapet must do',
    '0 failures, 0 warnings, 0 not looked at.',
  ]);
  expect(code).toBe(0);
});

const levels = (stdout: string): readonly string[] =>
  JSON.parse(stdout)
    .findings.filter(({ level }: { level: string }) => level !== 'ok')
    .map(({ level, check, found }: Record<string, string>) => `${level} ${check}: ${found}`);

test('a trail that does not log, a small quota and missing trusted access fail with what to do', async () => {
  aws.instead.set('cloudtrail GetTrailStatus', json({ IsLogging: false }));
  aws.instead.set(
    'lambda GET /2016-08-19/account-settings',
    json({ AccountLimit: { ConcurrentExecutions: 2, UnreservedConcurrentExecutions: 2 } }),
  );
  aws.instead.set('organizations ListAWSServiceAccessForOrganization', json({}));

  const { code, stdout } = await preflight();

  expect(code).toBe(1);
  expect(stdout).toContain(`fail     trail: ${TRAIL} does not log
         → aws cloudtrail start-logging --name ${TRAIL}`);
  expect(stdout).toContain(
    'runs 2 functions at once; 6 responders and the rest may want 50\n         → ask for more',
  );
  expect(stdout).toContain(
    'fail     trusted access: cloudtrail.amazonaws.com has no trusted access',
  );
});

test('no organization trail at all is a failure', async () => {
  aws.instead.set('cloudtrail DescribeTrails', json({ trailList: [{ TrailARN: TRAIL }] }));

  const { code, stdout } = await preflight('--json');

  expect(code).toBe(1);
  expect(levels(stdout)).toEqual([
    'fail trail: there is no organization trail of all Regions: no call reaches any event bus',
  ]);
});

describe('the trail', () => {
  const OURS = 'arn:aws:cloudtrail:us-east-1:111111111111:trail/parapet-trail';
  const whole = (TrailARN: string) => ({
    ...{ TrailARN, Name: TrailARN.split('/')[1] },
    ...{ IsOrganizationTrail: true, IsMultiRegionTrail: true },
  });
  const standing = (...arns: readonly string[]) =>
    aws.instead.set('cloudtrail DescribeTrails', json({ trailList: arns.map(whole) }));
  const CREATE = 'trail: { create: true }\n';

  test('that the deployment will make is told apart from one that is missing', async () => {
    standing();

    const toBeMade = await preflightWith(CREATE);
    const missing = await preflight();

    expect(toBeMade.code).toBe(0);
    expect(toBeMade.stdout).toContain(
      'ok       trail: there is no trail parapet-trail yet: the management stack will make it',
    );
    expect(missing.code).toBe(1);
    expect(missing.stdout).toContain('→ write trail.create: true and the management stack makes');
  });

  test('of ours that was made is looked at like any other', async () => {
    standing(OURS);
    aws.instead.set('cloudtrail GetTrailStatus', json({ IsLogging: false }));

    const { code, stdout } = await preflightWith(CREATE, '--json');

    expect(code).toBe(1);
    expect(levels(stdout)).toEqual([`fail trail: ${OURS} does not log`]);
  });

  test('that would be made beside one that records the same is a warning', async () => {
    standing(TRAIL);

    const { code, stdout } = await preflightWith(CREATE, '--json');

    expect(code).toBe(0);
    expect(levels(stdout)).toEqual([
      `warn trail: ${TRAIL} logs the management events of all accounts already: ours would be a second one, and is paid for`,
    ]);
  });

  test('that the configuration names must be there, whatever other trails there are', async () => {
    standing(TRAIL);
    const other = 'arn:aws:cloudtrail:us-east-1:111111111111:trail/other';

    const { code, stdout } = await preflightWith(`trail: { existing: '${other}' }\n`, '--json');
    const named = await preflightWith(`trail: { existing: '${TRAIL}' }\n`, '--json');

    expect(code).toBe(1);
    expect(levels(stdout)).toEqual([
      `fail trail: ${other}, which trail.existing names, is no organization trail of all Regions`,
    ]);
    expect(levels(named.stdout)).toEqual([]);
  });

  test('two that record the same management events are a warning', async () => {
    standing(TRAIL, 'arn:aws:cloudtrail:us-east-1:111111111111:trail/other');

    const named = await preflightWith(`trail: { existing: '${TRAIL}' }\n`, '--json');
    const none = await preflight('--json');

    const twice =
      'warn trail: 2 organization trails record the same management events: every one after the first is paid for';
    expect(levels(named.stdout)).toEqual([twice]);
    expect(levels(none.stdout)).toEqual([twice]);
  });

  test('of ours that records data events beside another is not taken for one of management events', async () => {
    standing(OURS);
    const data = "trail: { dataEvents: { buckets: ['payroll'] } }\n";

    const { code, stdout } = await preflightWith(data, '--json');

    expect(code).toBe(1);
    expect(levels(stdout)).toEqual([
      'fail trail: there is no organization trail of all Regions: no call reaches any event bus',
    ]);
  });
});

test('what may not be looked at is told with the permission it wants, and is not fine', async () => {
  aws.instead.set('cloudtrail DescribeTrails', denied('cloudtrail:DescribeTrails'));
  aws.instead.set('organizations ListPolicies', denied('organizations:ListPolicies'));

  const { code, stdout } = await preflight();

  expect(code).toBe(3);
  expect(stdout).toContain(
    "→ allow cloudtrail:DescribeTrails, cloudtrail:GetTrailStatus, cloudtrail:GetEventSelectors to the deployment's role in the management account",
  );
  expect(stdout).toContain('→ allow organizations:ListRoots, organizations:ListPolicies,');
  expect(stdout).toContain('0 failures, 0 warnings, 2 not looked at.');
});

test('an account that the deployment cannot act in is named, with what to do', async () => {
  const assume = aws.instead.get('sts AssumeRole');
  aws.instead.set('sts AssumeRole', (received) => {
    if (received.body.includes('444444444444'))
      return {
        status: 403,
        body: '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>',
      };
    return typeof assume === 'function' ? assume(received) : (assume ?? {});
  });

  const { code, stdout } = await preflight('--json');

  expect(code).toBe(1);
  expect(levels(stdout)).toEqual([
    'fail deployment roles: the deployment cannot act in account 444444444444 (shop) as OrganizationAccountAccessRole: AccessDenied',
  ]);
});

test('a snapshot older than the Regions of an account fails, a Region nobody governs is a warning', async () => {
  aws.instead.set(
    'account POST /listRegions',
    json({
      Regions: ['eu-west-1', 'sa-east-1', 'us-east-1'].map((RegionName) => ({ RegionName })),
    }),
  );

  const { stdout } = await preflight('--json');

  expect(levels(stdout)).toEqual([
    expect.stringMatching(
      /^fail enabled Regions: the snapshot is older than the Regions of 111111111111/,
    ),
    'warn enabled Regions: 5 of 5 accounts have Regions on that are not governed: nothing is seen there',
  ]);
});

describe('service control policies', () => {
  const denyRegions = (condition: object) => ({
    Version: '2012-10-17',
    Statement: [
      {
        ...{ Sid: 'Regions', Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], Resource: '*' },
        Condition: { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' }, ...condition },
      },
    ],
  });

  test('one that denies a governed Region is named, with roles, Region and accounts', async () => {
    policies.regions = { content: denyRegions({}), targets: ['ou-exam-workloads'] };

    const { code, stdout } = await preflight('--json');

    expect(code).toBe(1);
    expect(levels(stdout)).toContain(
      'fail service control policies: statement 0 (Regions) of the regions at level 1 refuses events:PutEvents to the forwarding role in eu-west-1 of 2 accounts: 444444444444, 555555555555',
    );
    expect(levels(stdout).every((line) => !/in us-east-1| 333333333333/.test(line))).toBe(true);
  });

  test('one that exempts the roles of Parapet and the deployment binds nobody', async () => {
    const exempt = [
      'arn:aws:iam::*:role/parapet-*',
      'arn:aws:iam::*:role/OrganizationAccountAccessRole',
    ];
    policies.regions = {
      content: denyRegions({ ArnNotLike: { 'aws:PrincipalArn': exempt } }),
      targets: [SNAPSHOT.root.id],
    };

    expect((await preflight()).code).toBe(0);
  });

  test('a level where nothing is allowed refuses everything below it', async () => {
    const [full] = Object.values(policies);
    policies = {
      FullAWSAccess: {
        content: fullAccess,
        targets: (full?.targets ?? []).filter((target) => target !== 'ou-exam-prod00000'),
      },
    };

    const { stdout } = await preflight('--json');

    expect(levels(stdout)[0]).toMatch(
      /there is no service control policy at level 2 refuses events:PutEvents to the forwarding role in (us-east-1, eu-west-1|eu-west-1, us-east-1) of 1 account: 444444444444$/,
    );
  });

  test('one that denies an action of a repair is named with that action', async () => {
    policies.frozen = {
      content: {
        Version: '2012-10-17',
        Statement: { Effect: 'Deny', Action: 's3:PutBucketAcl', Resource: '*' },
      },
      targets: ['555555555555'],
    };

    const { stdout } = await preflight('--json');

    expect(levels(stdout)).toEqual([
      'fail service control policies: statement 0 of the frozen at level 2 refuses s3:PutBucketAcl to the remediation role of s3 in us-east-1, eu-west-1 of 1 account: 555555555555',
    ]);
  });

  const PROTECT = "organizationPolicies: { protect: ['/Workloads'] }\n";

  test('turned off are fine, unless the configuration wants some', async () => {
    aws.instead.set(
      'organizations ListRoots',
      json({ Roots: [{ Id: SNAPSHOT.root.id, Name: 'Root', PolicyTypes: [] }] }),
    );

    const none = await preflight('--json');
    const some = await preflightWith(PROTECT, '--json');

    expect(none.code).toBe(0);
    expect(some.code).toBe(1);
    expect(levels(some.stdout)).toEqual([
      'fail service control policies: the organization has service control policies turned off: those of organizationPolicies would fail',
    ]);
  });

  test('as many as AWS takes leave no room for ours, unless ours is one of them', async () => {
    const targets = ['ou-exam-workloads'];
    for (const name of ['2', '3', '4', '5', '6', '7', '8', '9'])
      policies[name] = { content: fullAccess, targets };
    const nine = await preflightWith(PROTECT, '--json');
    policies['parapet-protect'] = { content: fullAccess, targets };
    const ours = await preflightWith(PROTECT, '--json');
    policies['10'] = { content: fullAccess, targets };
    const ten = await preflightWith(PROTECT, '--json');

    expect(nine.code).toBe(0);
    expect(ours.code).toBe(0);
    expect(ten.code).toBe(1);
    expect(levels(ten.stdout)).toEqual([
      'fail service control policies: /Workloads has 10 policies attached, and AWS takes 10: no room for 1 of ours',
    ]);
  });

  test('one that denies what the deployment makes there is named, other resources it may deny', async () => {
    const denying = (resource: string) => ({
      Version: '2012-10-17',
      Statement: { Effect: 'Deny', Action: 'sqs:CreateQueue', Resource: resource },
    });
    policies.queues = { content: denying('arn:aws:sqs:*:*:other-*'), targets: ['555555555555'] };
    const others = await preflight('--json');
    policies.queues = { content: denying('arn:aws:sqs:*:*:parapet-*'), targets: ['555555555555'] };
    const ours = await preflight('--json');

    expect(levels(others.stdout)).toEqual([]);
    expect(levels(ours.stdout)).toEqual([
      "fail service control policies: statement 0 of the queues at level 2 refuses sqs:CreateQueue to the deployment's role OrganizationAccountAccessRole in us-east-1, eu-west-1 of 1 account: 555555555555",
    ]);
  });

  test('one that cannot be read is told by name and never counts as fine', async () => {
    policies.odd = { content: { Version: '2099-01-01' }, targets: [SNAPSHOT.root.id] };

    const { code, stdout } = await preflight();

    expect(code).toBe(3);
    expect(stdout).toContain(
      'unknown  service control policies: the policy odd cannot be judged: ',
    );
  });
});
