import { deploymentOf, isOffEverywhere, loadConfiguration, sentence, snapshotPath } from '#config';
import { guardrails } from '#policies/guardrails/index';
import { inFolder, load, replaced, SNAPSHOT, YAML } from './organization';

const warningsOf = (yaml: string, snapshot: string) =>
  load(yaml, snapshot).warnings.map((warning) =>
    sentence(warning).replace(/^.*?(?=parapet\.yaml)/, ''),
  );

test('a configuration is resolved, with defaults and the active accounts', () => {
  const { file: _file, ...configuration } = load();

  expect(configuration).toEqual({
    partition: 'aws',
    organization: { id: 'o-exampleorg1', rootId: 'r-exam' },
    accounts: [
      {
        id: '111111111111',
        name: 'management',
        kind: 'management',
        ouPath: '/',
        regions: ['us-east-1', 'eu-west-1'],
      },
      {
        id: '222222222222',
        name: 'security',
        kind: 'security',
        ouPath: '/',
        regions: ['us-east-1', 'eu-west-1'],
      },
      {
        id: '333333333333',
        name: 'log-archive',
        kind: 'log-archive',
        ouPath: '/',
        regions: ['us-east-1', 'eu-west-1'],
      },
      {
        id: '444444444444',
        name: 'shop',
        kind: 'member',
        ouPath: '/Workloads/Prod',
        regions: ['us-east-1', 'eu-west-1'],
      },
    ],
    parts: { management: '111111111111', security: '222222222222', logArchive: '333333333333' },
    regions: { home: 'us-east-1', governed: ['us-east-1', 'eu-west-1'] },
    roles: {
      management: null,
      security: 'OrganizationAccountAccessRole',
      'log-archive': 'OrganizationAccountAccessRole',
      member: 'OrganizationAccountAccessRole',
    },
    state: { backend: 'local', folder: '.parapet/state' },
    trail: { create: true, dataEvents: { buckets: [] } },
    retention: { trailDays: 400, lakeDays: 400, evidence: { days: 400, mode: 'governance' } },
    organizationPolicies: { protect: [], quarantine: [] },
    forward: 'all',
    modes: [
      { guardrail: 's3.bucket-public', on: '/', mode: 'shadow' },
      { guardrail: 's3.bucket-public', on: '/Workloads/Prod', mode: 'enforce' },
      { guardrail: 's3.bucket-public', on: '444444444444', mode: 'enforce' },
    ],
    settings: {
      's3.bucket-public': { block: true },
      'signin.root-login': {},
      'sqs.queue-untagged': { owner: 'owner' },
    },
    outputs: {
      discoverer: true,
      lake: true,
      securityHub: false,
      alerts: { email: [], escalateAfterMinutes: 30 },
      owners: { ous: {}, accounts: {} },
    },
    warnings: [],
  });
});

test('the deployment is what a responder needs, as plain JSON', () => {
  const deployment = deploymentOf(load());

  expect(JSON.parse(JSON.stringify(deployment))).toEqual(deployment);
  expect(deployment).toEqual({
    partition: 'aws',
    organization: {
      id: 'o-exampleorg1',
      accounts: {
        '111111111111': { name: 'management', kind: 'management', ouPath: '/' },
        '222222222222': { name: 'security', kind: 'security', ouPath: '/' },
        '333333333333': { name: 'log-archive', kind: 'log-archive', ouPath: '/' },
        '444444444444': { name: 'shop', kind: 'member', ouPath: '/Workloads/Prod' },
      },
    },
    security: { account: '222222222222', region: 'us-east-1' },
    governed: ['us-east-1', 'eu-west-1'],
    modes: [
      { guardrail: 's3.bucket-public', on: '/', mode: 'shadow' },
      { guardrail: 's3.bucket-public', on: '/Workloads/Prod', mode: 'enforce' },
      { guardrail: 's3.bucket-public', on: '444444444444', mode: 'enforce' },
    ],
    settings: {
      's3.bucket-public': { block: true },
      'signin.root-login': {},
      'sqs.queue-untagged': { owner: 'owner' },
    },
  });
});

test('an S3 backend and the roles of the deployment are taken over', () => {
  const { state, roles } = load(
    replaced(
      YAML,
      'guardrails:',
      `deployment:
  roles: { management: Deploy, member: null }
state:
  backend: s3
  bucket: example-terraform-state
  region: eu-west-1
  keyPrefix: parapet
  kmsKeyId: alias/terraform
  roleArn: arn:aws:iam::222222222222:role/terraform
guardrails:`,
    ),
  );

  expect(state).toEqual({
    backend: 's3',
    bucket: 'example-terraform-state',
    region: 'eu-west-1',
    keyPrefix: 'parapet',
    kmsKeyId: 'alias/terraform',
    roleArn: 'arn:aws:iam::222222222222:role/terraform',
  });
  expect(roles).toEqual({
    management: 'Deploy',
    security: 'OrganizationAccountAccessRole',
    'log-archive': 'OrganizationAccountAccessRole',
    member: null,
  });
});

test('aliases are followed', () => {
  const { modes } = load(
    `${YAML}  sqs.queue-untagged:
    ous: &prod { /Workloads/Prod: observe }
  signin.root-login:
    ous: *prod
`,
  );

  expect(modes.slice(3)).toEqual([
    { guardrail: 'sqs.queue-untagged', on: '/Workloads/Prod', mode: 'observe' },
    { guardrail: 'signin.root-login', on: '/Workloads/Prod', mode: 'observe' },
  ]);
});

test('a mode named off is a word, not false', () => {
  const { modes } = load(replaced(YAML, 'mode: shadow', 'mode: off'));

  expect(modes[0]).toEqual({ guardrail: 's3.bucket-public', on: '/', mode: 'off' });
});

test('a guardrail is off everywhere only if no account has another mode', () => {
  const offSave = (ous: string) =>
    load(`${YAML}  sqs.queue-untagged:\n    mode: off\n    ous: ${ous}\n`);

  expect(isOffEverywhere(offSave('{}'), 'sqs.queue-untagged')).toBe(true);
  expect(isOffEverywhere(offSave('{ /Workloads: shadow }'), 'sqs.queue-untagged')).toBe(false);
  expect(isOffEverywhere(load(), 'sqs.queue-untagged')).toBe(false);
});

test('a guardrail that is off everywhere needs no Region', () => {
  const yaml = `${YAML}  sqs.queue-untagged: { mode: off }\n`;

  expect(() => load(yaml)).not.toThrow();
});

describe('a warning is given', () => {
  test('of a governed Region that is off in an account, which is left out there', () => {
    const snapshot = replaced(
      SNAPSHOT,
      '"/Workloads/Prod", "regions": ["eu-west-1", "us-east-1"]',
      '"/Workloads/Prod", "regions": ["us-east-1"]',
    );

    expect(warningsOf(YAML, snapshot)).toEqual([
      'parapet.yaml:7:25: eu-west-1 is governed but not enabled in 444444444444; nothing is deployed there; enable the Region and run `parapet org sync`, or leave it',
    ]);
    expect(load(YAML, snapshot).accounts[3]?.regions).toEqual(['us-east-1']);
  });

  test('of enabled Regions that are not governed', () => {
    const snapshot = replaced(
      SNAPSHOT,
      '"/Workloads/Prod", "regions": ["eu-west-1", "us-east-1"]',
      '"/Workloads/Prod", "regions": ["af-south-1", "ap-east-1", "eu-west-1", "us-east-1"]',
    );

    expect(warningsOf(YAML, snapshot)).toEqual([
      'parapet.yaml:7:3: enabled in the organization but not governed: af-south-1, ap-east-1; nothing done there is seen; govern these Regions, or deny them with an SCP',
    ]);
  });

  test('of a suspended account that is named', () => {
    const yaml = replaced(YAML, "'444444444444'", "'555555555555'");

    expect(warningsOf(yaml, SNAPSHOT)).toEqual([
      'parapet.yaml:14:7: account 555555555555 is SUSPENDED; nothing is deployed there; remove the line',
    ]);
  });

  test('of a mode above the cap of a special account', () => {
    const yaml = replaced(YAML, "'444444444444'", "'222222222222'");

    expect(warningsOf(yaml, SNAPSHOT)).toEqual([
      'parapet.yaml:14:23: enforce in the security account is capped at shadow; write shadow',
    ]);
  });
});

test('the snapshot’s path is known even where the rest is wrong or missing', () => {
  const files = { 'a.yaml': 'organization: snapshots/now.json\nregions: 3\n', 'b.yaml': 'x: [' };

  inFolder(files, (folder) => {
    expect(snapshotPath(`${folder}/a.yaml`)).toBe(`${folder}/snapshots/now.json`);
    expect(snapshotPath(`${folder}/b.yaml`)).toBe(`${folder}/organization.json`);
    expect(snapshotPath(`${folder}/c.yaml`)).toBe(`${folder}/organization.json`);
  });
});

test('the example that ships is right', () => {
  const { accounts, warnings } = loadConfiguration('examples/parapet.yaml', guardrails);

  expect(accounts.map(({ kind }) => kind)).toEqual([
    'management',
    'security',
    'log-archive',
    'member',
    'member',
    'member',
  ]);
  expect(warnings.map(({ problem }) => problem.split(':')[0])).toEqual([
    'enabled in the organization but not governed',
  ]);
});
