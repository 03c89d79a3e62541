import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inNewFolder, parapet } from '../terminal';

const GOOD = {
  source: ['aws.s3'],
  detail: { eventSource: ['s3.amazonaws.com'], eventName: ['PutBucketAcl'] },
};
const WRONG = { ...GOOD, source: ['aws.cloudtrail'] };

const WIDE = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

/** Checks files written for the occasion. */
const checked = (files: Readonly<Record<string, unknown>>, given: string, ...more: string[]) =>
  inNewFolder(() => {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(path.dirname(name), { recursive: true });
      writeFileSync(name, typeof content === 'string' ? content : JSON.stringify(content));
    }
    return parapet(['patterns', 'check', given, ...more]);
  });

/** File, address and place of each finding. */
async function findings(files: Readonly<Record<string, unknown>>, given: string) {
  const { stdout } = await checked(files, given, '--json');
  return JSON.parse(stdout).findings.map(({ file, address, at }: Record<string, string>) => [
    ...[file, address, at],
  ]);
}

const rule = (pattern: object | string, more: object = {}) => ({
  ...{ name: 'r', event_pattern: typeof pattern === 'string' ? pattern : JSON.stringify(pattern) },
  ...more,
});

const stack = (rules: object, targets: object = {}) => ({
  provider: {
    aws: [{ region: 'us-east-1' }, { alias: 'eu', region: 'eu-west-1' }],
  },
  resource: { aws_cloudwatch_event_rule: rules, aws_cloudwatch_event_target: targets },
});

test('a pattern that nothing speaks against exits with 0', async () => {
  expect(await checked({ 'p.json': GOOD }, 'p.json')).toEqual({
    ...{ code: 0, stdout: '1 pattern checked: nothing speaks against them.\n', stderr: '' },
  });
});

test('a pattern that can never match exits with 1, with reason and mend', async () => {
  expect(await checked({ 'p.json': WRONG }, 'p.json')).toEqual({
    ...{ code: 1, stderr: '' },
    stdout: `p.json  source
  never: the events of s3.amazonaws.com have the source "aws.s3"
  mend:  write "source": ["aws.s3"]
1 pattern checked: 1 fault found.
`,
  });
});

test('with --json the findings are data', async () => {
  const { code, stdout } = await checked({ 'p.json': WRONG }, 'p.json', '--json');

  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toEqual({
    ...{ ok: false, rules: 1, unchecked: [] },
    findings: [
      {
        ...{ file: 'p.json', address: '', at: 'source' },
        reason: 'the events of s3.amazonaws.com have the source "aws.s3"',
        mend: 'write "source": ["aws.s3"]',
      },
    ],
  });
});

test('a file that is not JSON is what EventBridge would refuse', async () => {
  const { code, stdout } = await checked({ 'p.json': '{"source":' }, 'p.json');

  expect(code).toBe(1);
  expect(stdout).toContain('never: EventBridge refuses it: ');
});

test('a folder is gone through, and what is no pattern is passed over', async () => {
  const files = {
    'all/deep/wrong.json': WRONG,
    'all/good.json': GOOD,
    'all/package.json': { name: 'x', dependencies: {} },
    'all/broken.json': '{',
    'all/notes.txt': '{"source":["s3.amazonaws.com"]}',
    'all/node_modules/x/pattern.json': WRONG,
  };

  const { code, stdout } = await checked(files, 'all');

  expect(code).toBe(1);
  expect(stdout).toContain('all/deep/wrong.json  source\n');
  expect(stdout).toContain('all/broken.json: not checked, it is not JSON\n');
  expect(stdout).toContain('2 patterns checked: 1 fault found.');
});

describe('Terraform’s JSON', () => {
  test('is checked with each rule’s own state and Region', async () => {
    const read = {
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: { eventSource: ['iam.amazonaws.com'], eventName: ['ListUsers'] },
    };
    const rules = {
      narrow: rule(read),
      wide: rule(read, { state: WIDE }),
      elsewhere: rule(read, { state: WIDE, provider: 'aws.eu' }),
      central: rule(read, { state: WIDE, provider: 'aws.eu', event_bus_name: 'central' }),
      timed: { name: 't', schedule_expression: 'rate(1 hour)' },
    };

    expect(await findings({ 'cdk.tf.json': stack(rules) }, 'cdk.tf.json')).toEqual([
      ['cdk.tf.json', 'aws_cloudwatch_event_rule.narrow', 'detail.eventName'],
      ['cdk.tf.json', 'aws_cloudwatch_event_rule.elsewhere', 'detail.eventSource'],
    ]);
  });

  test('has its for_each filled in, whether the values are texts or objects', async () => {
    const rules = {
      texts: rule('${each.value}', { for_each: { one: JSON.stringify(WRONG) } }),
      objects: rule('${each.value.pattern}', {
        for_each: {
          two: { pattern: JSON.stringify(WRONG) },
          three: { pattern: JSON.stringify(GOOD) },
        },
      }),
    };

    expect(await findings({ 's.json': stack(rules) }, 's.json')).toEqual([
      ['s.json', 'aws_cloudwatch_event_rule.texts["one"]', 'source'],
      ['s.json', 'aws_cloudwatch_event_rule.objects["two"]', 'source'],
    ]);
  });

  test('a rule has five targets at most', async () => {
    const target = (name: string) => ({ rule: `\${aws_cloudwatch_event_rule.${name}.name}` });
    const targets = Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => [key, target('many')]),
    );
    const rules = { many: rule(GOOD), few: rule(GOOD, { name: 'few' }) };
    const all = stack(rules, { ...targets, g: target('few') });

    const { stdout } = await checked({ 's.json': all }, 's.json');

    expect(stdout).toContain(`s.json  aws_cloudwatch_event_rule.many
  never: the rule has 6 targets, and EventBridge takes 5
`);
    expect(stdout).toContain('2 patterns checked: 1 fault found.');
  });

  test('a pattern that is computed is told as not checked', async () => {
    const rules = { late: rule('${jsonencode(local.pattern)}') };

    const { code, stdout } = await checked({ 's.json': stack(rules) }, 's.json');

    expect(code).toBe(0);
    expect(stdout).toContain(
      's.json  aws_cloudwatch_event_rule.late: not checked, its pattern is not written out\n',
    );
  });
});

describe('what terraform show prints', () => {
  const resource = (address: string, values: object) => ({
    ...{ address, type: 'aws_cloudwatch_event_rule', values },
  });
  const iam = JSON.stringify({
    source: ['aws.iam'],
    detail: { eventSource: ['iam.amazonaws.com'], eventName: ['CreateUser'] },
  });

  test('of a plan is checked, in modules too, with the Region of its provider', async () => {
    const plan = {
      planned_values: {
        root_module: {
          resources: [resource('aws_cloudwatch_event_rule.a["x"]', { event_pattern: iam })],
          child_modules: [
            { resources: [resource('module.m.aws_cloudwatch_event_rule.b', rule(WRONG))] },
          ],
        },
      },
      configuration: {
        provider_config: { 'aws.eu': { expressions: { region: { constant_value: 'eu-west-1' } } } },
        root_module: {
          resources: [{ address: 'aws_cloudwatch_event_rule.a', provider_config_key: 'aws.eu' }],
        },
      },
    };

    expect(await findings({ 'plan.json': plan }, 'plan.json')).toEqual([
      ['plan.json', 'aws_cloudwatch_event_rule.a["x"]', 'detail.eventSource'],
      ['plan.json', 'module.m.aws_cloudwatch_event_rule.b', 'source'],
    ]);
  });

  test('of a state is checked with the Region of its ARN', async () => {
    const arn = 'arn:aws:events:eu-west-1:444444444444:rule/a';
    const values = { root_module: { resources: [resource('x.a', { event_pattern: iam, arn })] } };

    expect(await findings({ 'state.json': { values } }, 'state.json')).toEqual([
      ['state.json', 'x.a', 'detail.eventSource'],
    ]);
  });
});

test('a CloudFormation template is checked', async () => {
  const template = {
    Resources: {
      Wrong: { Type: 'AWS::Events::Rule', Properties: { EventPattern: WRONG } },
      Late: {
        Type: 'AWS::Events::Rule',
        Properties: { EventPattern: { account: [{ Ref: 'A' }] } },
      },
      Timed: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 hour)' } },
      Bucket: { Type: 'AWS::S3::Bucket' },
    },
  };

  expect(await findings({ 't.json': template }, 't.json')).toEqual([
    ['t.json', 'Resources.Wrong', 'source'],
  ]);
});

test('what ListRules answers is checked', async () => {
  const Rules = [{ Name: 'wrong', EventPattern: JSON.stringify(WRONG), State: 'ENABLED' }];

  expect(await findings({ 'rules.json': { Rules } }, 'rules.json')).toEqual([
    ['rules.json', 'wrong', 'source'],
  ]);
});

describe('without an argument', () => {
  const example = path.resolve(__dirname, '../../../examples/parapet.yaml');

  test('the rules of the own deployment are checked, and nothing speaks against them', async () => {
    const { code, stdout } = await parapet(['patterns', 'check', '--config', example]);

    expect(stdout).toMatch(/^\d{2,} patterns checked: nothing speaks against them\.\n$/);
    expect(code).toBe(0);
  });
});

test.each([
  ['a path that is not there', {}, 'nowhere', 'nowhere cannot be read'],
  [
    'a folder without a pattern',
    { 'all/package.json': { a: 1 } },
    'all',
    'all holds no event pattern',
  ],
])('%s is the user’s mistake', async (_, files, given, message) => {
  const { code, stdout, stderr } = await checked(files, given);

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
});
