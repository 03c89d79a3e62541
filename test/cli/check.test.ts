import { writeFileSync } from 'node:fs';
import { formatSnapshot } from '#config';
import { inNewFolder, parapet, SNAPSHOT } from './terminal';

const YAML = `accounts:
  management: '111111111111'
  security: '222222222222'
  logArchive: '333333333333'
regions:
  home: us-east-1
  governed: [us-east-1, eu-west-1]
guardrails:
  s3.bucket-public:
    ous: { /Workloads: enforce }
  sqs.queue-untagged:
    mode: off
  signin.root-login:
    mode: observe
trail:
  create: true
`;

/** Runs a command line beside these files. */
const beside = (yaml: string, argv: readonly string[], snapshot = SNAPSHOT) =>
  inNewFolder(async () => {
    writeFileSync('parapet.yaml', yaml);
    writeFileSync('organization.json', formatSnapshot(snapshot));
    return parapet(argv);
  });

test('a right configuration is summed up', async () => {
  const { code, stdout, stderr } = await beside(YAML, ['check']);

  expect(code).toBe(0);
  expect(stderr).toBe('');
  expect(stdout).toBe(`parapet.yaml is right.

organization  o-exampleorg1
accounts      5: 1 management, 1 security, 1 log-archive, 2 member
home          us-east-1
governed      us-east-1, eu-west-1

accounts by mode            off  observe  shadow  enforce
cloudtrail.logging-stopped  -    -        5       -
ec2.security-group-open     -    -        5       -
iam.access-key-created      -    -        5       -
iam.user-created            -    -        5       -
s3.bucket-public            -    -        3       2
signin.root-login           -    5        -       -
sqs.queue-untagged          5    -        -       -
`);
});

test('the summary is data with --json', async () => {
  const { code, stdout } = await beside(YAML, ['check', '--json']);

  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    ok: true,
    file: 'parapet.yaml',
    organization: 'o-exampleorg1',
    accounts: { management: 1, security: 1, 'log-archive': 1, member: 2 },
    regions: { home: 'us-east-1', governed: ['us-east-1', 'eu-west-1'] },
    guardrails: [
      {
        id: 'cloudtrail.logging-stopped',
        severity: 'critical',
        accountsByMode: { off: 0, observe: 0, shadow: 5, enforce: 0 },
      },
      {
        id: 'ec2.security-group-open',
        severity: 'critical',
        accountsByMode: { off: 0, observe: 0, shadow: 5, enforce: 0 },
      },
      {
        id: 'iam.access-key-created',
        severity: 'high',
        accountsByMode: { off: 0, observe: 0, shadow: 5, enforce: 0 },
      },
      {
        id: 'iam.user-created',
        severity: 'high',
        accountsByMode: { off: 0, observe: 0, shadow: 5, enforce: 0 },
      },
      {
        id: 's3.bucket-public',
        severity: 'critical',
        accountsByMode: { off: 0, observe: 0, shadow: 3, enforce: 2 },
      },
      {
        id: 'signin.root-login',
        severity: 'high',
        accountsByMode: { off: 0, observe: 5, shadow: 0, enforce: 0 },
      },
      {
        id: 'sqs.queue-untagged',
        severity: 'low',
        accountsByMode: { off: 5, observe: 0, shadow: 0, enforce: 0 },
      },
    ],
    warnings: [],
  });
});

test('warnings are talk, and do not fail', async () => {
  const one = SNAPSHOT.accounts.map((account) => ({
    ...account,
    regions: [...account.regions, 'us-west-2'],
  }));

  const { code, stdout, stderr } = await beside(YAML, ['check'], { ...SNAPSHOT, accounts: one });

  expect(code).toBe(0);
  expect(stderr).toBe(
    'warning: parapet.yaml:7:3: enabled in the organization but not governed: us-west-2; nothing done there is seen; govern these Regions, or deny them with an SCP\n',
  );
  expect(stdout).toMatch(/^parapet\.yaml is right, with 1 warning\.\n/);
});

describe('a wrong configuration', () => {
  const wrong = YAML.replace('s3.bucket-public', 's3.bucket-publik').replace('observe', 'notify');

  test('is told with every place and exits with 2', async () => {
    expect(await beside(wrong, ['check'])).toEqual({
      code: 2,
      stdout: '',
      stderr: `parapet.yaml:9:3: unknown guardrail "s3.bucket-publik"; did you mean s3.bucket-public?
parapet.yaml:14:11: guardrails.signin.root-login.mode is "notify"; it is not built yet: choose one of off, observe, shadow, enforce
2 problems found; nothing was done.
`,
    });
  });

  test('is data with --json', async () => {
    const { code, stdout } = await beside(wrong, ['check', '--json']);

    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      error: {
        code: 'configuration',
        problems: [
          {
            file: 'parapet.yaml',
            line: 9,
            column: 3,
            problem: 'unknown guardrail "s3.bucket-publik"',
            remedy: 'did you mean s3.bucket-public?',
          },
          { line: 14, column: 11 },
        ],
      },
    });
  });
});

test('--config names another file, before or after the verb', async () => {
  const missing = 'elsewhere/parapet.yaml:1:1: the file does not exist';

  for (const argv of [
    ['check', '--config', 'elsewhere/parapet.yaml'],
    ['--config', 'elsewhere/parapet.yaml', 'check'],
  ]) {
    const { code, stderr } = await beside(YAML, argv);

    expect(code).toBe(2);
    expect(stderr).toContain(missing);
  }
});
