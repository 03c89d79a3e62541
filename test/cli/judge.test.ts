import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { inNewFolder, parapet } from './terminal';

const examples = path.resolve(__dirname, '../../examples');
const EVENT = path.join(examples, 'judge/event.json');
const STATE = path.join(examples, 'judge/state.json');
const argv = (event = EVENT, state = STATE, guardrail = 's3.bucket-public') => [
  ...['judge', guardrail, '--event', event, '--state', state],
];

/** Judges files written for the occasion, in a folder without a configuration. */
const judge = (files: { readonly event?: unknown; readonly state?: unknown }, ...more: string[]) =>
  inNewFolder(() => {
    const written = (name: 'event' | 'state', fallback: string) => {
      if (!(name in files)) return fallback;
      const value = files[name];
      writeFileSync(`${name}.json`, typeof value === 'string' ? value : JSON.stringify(value));
      return `${name}.json`;
    };
    return parapet([...argv(written('event', EVENT), written('state', STATE)), ...more]);
  });

const GRANT = {
  Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
  Permission: 'READ',
};

describe('the exit code', () => {
  test('is 1 for what violates, and the text has the exact calls', async () => {
    expect(await judge({})).toEqual({
      code: 1,
      stderr: '',
      stdout: `s3.bucket-public  violates: the ACL grants READ to everyone
resource  arn:aws:s3:::shop-prod-invoices in 444444444444 eu-west-1
mode      shadow (default): shadowed
call      s3:PutPublicAccessBlock {"Bucket":"shop-prod-invoices","PublicAccessBlockConfiguration":{"BlockPublicAcls":true,"IgnorePublicAcls":true,"BlockPublicPolicy":true,"RestrictPublicBuckets":true}}
call      s3:PutBucketAcl {"Bucket":"shop-prod-invoices","AccessControlPolicy":{"Owner":{"ID":"f00d"},"Grants":[{"Grantee":{"Type":"CanonicalUser","ID":"f00d"},"Permission":"FULL_CONTROL"}]}}
`,
    });
  });

  test('is 0 for what complies', async () => {
    expect(await judge({ state: {} })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('complies: neither ACL nor policy admits everyone'),
    });
    expect((await judge({ state: {} })).stdout).toContain('calls     none');
  });

  test('is 0 for what is ignored', async () => {
    const event = { eventID: 'e', eventName: 'PutBucketTagging', eventSource: 's3.amazonaws.com' };
    const record = { ...event, awsRegion: 'eu-west-1', recipientAccountId: '444444444444' };

    expect(await judge({ event: record })).toEqual({
      code: 0,
      stderr: '',
      stdout: 's3.bucket-public ignores it: the call is none of its triggers\n',
    });
    expect(JSON.parse((await judge({ event: record }, '--json')).stdout)).toEqual({
      guardrail: 's3.bucket-public',
      verdict: 'ignored',
      reason: 'the call is none of its triggers',
    });
  });

  test('is 3 for what is undetermined', async () => {
    const { code, stdout } = await judge({
      state: { 's3:GetBucketAcl': { $refused: 'AccessDenied' } },
    });

    expect(code).toBe(3);
    expect(stdout).toContain('undetermined: s3:GetBucketAcl was refused: denied (AccessDenied)');
  });
});

test('with --json the decision is data, with the permissions its calls need', async () => {
  const { code, stdout } = await judge(
    { state: { 's3:GetBucketAcl': { Grants: [GRANT] } } },
    '--json',
  );

  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toEqual({
    guardrail: 's3.bucket-public',
    verdict: 'violates',
    reason: 'the ACL grants READ to everyone',
    mode: 'shadow',
    modeFrom: 'default',
    outcome: 'shadowed',
    resource: {
      type: 'AWS::S3::Bucket',
      arn: 'arn:aws:s3:::shop-prod-invoices',
      account: '444444444444',
      region: 'eu-west-1',
      name: 'shop-prod-invoices',
    },
    calls: [
      {
        operation: 's3:PutPublicAccessBlock',
        iam: ['s3:PutBucketPublicAccessBlock'],
        on: 'arn:aws:s3:::shop-prod-invoices',
        input: {
          Bucket: 'shop-prod-invoices',
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            IgnorePublicAcls: true,
            BlockPublicPolicy: true,
            RestrictPublicBuckets: true,
          },
        },
      },
      {
        operation: 's3:PutBucketAcl',
        iam: ['s3:PutBucketAcl'],
        on: 'arn:aws:s3:::shop-prod-invoices',
        input: { Bucket: 'shop-prod-invoices', AccessControlPolicy: { Grants: [] } },
      },
    ],
  });
});

test('mode and settings are those of the configuration, and in enforce nothing is called', async () => {
  const config = path.join(examples, 'parapet.yaml');

  const { stdout } = await judge({}, '--config', config, '--json');

  expect(JSON.parse(stdout)).toMatchObject({
    mode: 'enforce',
    modeFrom: 's3.bucket-public on /Workloads/Prod',
    outcome: 'held',
  });
});

describe('the user’s mistake exits with 2, nothing on stdout, and names the file:', () => {
  test.each<readonly [string, { event?: unknown; state?: unknown }, RegExp]>([
    ['an event that is not JSON', { event: '{' }, /event\.json.*JSON/],
    ['a state that is not JSON', { state: 'x' }, /state\.json.*JSON/],
    [
      'a state that is a list',
      { state: [] },
      /state\.json must be an object: operation id → answer/,
    ],
    ['a state that is null', { state: null }, /state\.json must be an object/],
    ['an event that is a list', { event: [] }, /event\.json: not a CloudTrail event/],
    ['an event without an account', { event: { eventID: 'e' } }, /event\.json: .*account/],
    [
      'an event over 1 MB',
      { event: { padding: 'x'.repeat(1_100_000) } },
      /event\.json: the event is larger than 1 MB/,
    ],
  ])('%s', async (_, files, message) => {
    const { code, stdout, stderr } = await judge(files);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('    at ');
  });

  test('a file that is not there', async () => {
    const { code, stderr } = await parapet(argv('/nowhere/event.json'));

    expect(code).toBe(2);
    expect(stderr).toContain('/nowhere/event.json');
  });

  test('an event that names no possible bucket', async () => {
    const { code, stderr } = await judge({
      event: {
        ...{
          eventID: 'e',
          eventName: 'PutBucketAcl',
          eventSource: 's3.amazonaws.com',
          awsRegion: 'eu-west-1',
        },
        recipientAccountId: '444444444444',
        requestParameters: { bucketName: '../x' },
      },
    });

    expect(code).toBe(2);
    expect(stderr).toContain('event.json: the event names no possible bucket');
  });
});

test('an unknown guardrail exits with 2 and the nearest is proposed', async () => {
  const { code, stderr } = await parapet(argv(EVENT, STATE, 's3.bucket-publik'));

  expect(code).toBe(2);
  expect(stderr).toContain('s3.bucket-public');
});

test('an event without a state file is wrong usage', async () => {
  const { code, stderr } = await parapet(['judge', 's3.bucket-public', '--event', EVENT]);

  expect(code).toBe(2);
  expect(stderr).toContain("required option '--state <file>' not specified");
});
