import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { hasCorpus } from '../support/recorded-events';
import { shared } from '../support/shared';
import { inNewFolder, parapet } from './terminal';

const ACL_PUT = {
  ...{ eventSource: 's3.amazonaws.com', eventName: 'PutBucketAcl', awsRegion: 'eu-west-1' },
  ...{ eventTime: '2026-11-20T10:00:00Z', eventID: '6f1c9a52-0000-4000-8000-000000000001' },
  ...{ recipientAccountId: '444444444444', requestParameters: { bucketName: 'orders' } },
  userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::444444444444:user/\u001b[2Jada' },
};

/** Replays one file, written for the occasion. */
const replay = (content: string, ...more: string[]) =>
  inNewFolder(() => {
    writeFileSync('a.json', content);
    return parapet(['replay', 'a.json', '--jobs', '1', ...more]);
  });

test('tells per guardrail, and per day and place, with names that cannot steer a terminal', async () => {
  const argv = ['--guardrails', 's3.bucket-public,signin.root-login'];

  expect(await replay(JSON.stringify(ACL_PUT), ...argv)).toEqual({
    ...{ code: 0, stderr: '' },
    stdout: `1 event in 1 file: 1 woke a guardrail.

guardrail          wakes  violates  complies  state not known  failed  accounts  Regions  days  most calls by
s3.bucket-public   1      0         0         1                0       1         1        1     arn:aws:iam::444444444444:user/?[2Jada (1)
signin.root-login  0      0         0         0                0       0         0        0

guardrail         day         account       Region     wakes  violates  complies  state not known  failed  most calls by
s3.bucket-public  2026-11-20  444444444444  eu-west-1  1      0         0         1                0       arn:aws:iam::444444444444:user/?[2Jada (1)
`,
  });
});

test('a file that cannot be read is named, and the exit code is 3', async () => {
  const { code, stdout, stderr } = await replay('hello');

  expect(code).toBe(3);
  expect(stdout).toContain('passed over: a.json: it is not JSON');
  expect(stderr).toBe('1 file could not be read: nothing of them counts.\n');
});

test('with --json all of it is data', async () => {
  const { stdout } = await replay(JSON.stringify(ACL_PUT), '--json', '--region', 'us-east-1');

  expect(JSON.parse(stdout)).toMatchObject({
    ...{ woke: 0, calls: { outOfScope: 1 }, rows: [], broken: [] },
    read: { files: 1, events: 1 },
  });
});

test.each([
  ['--since', 'yesterday'],
  ['--jobs', '0'],
  ['--guardrails', 's3.bucket-pubic'],
])('%s %s is a mistake', async (option, value) => {
  const { code, stdout } = await replay(JSON.stringify(ACL_PUT), option, value);

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
});

(hasCorpus ? test : test.skip)(
  'recorded events give the counts that were counted by hand',
  async () => {
    const folder = path.join(shared('cloudtrail'), 'events');

    const { code, stdout } = await inNewFolder(() =>
      parapet(['replay', folder, '--jobs', '1', '--json']),
    );

    const { read, totals } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(read).toMatchObject({ files: 13, events: 1178 });
    const of = (id: string) =>
      totals.find(({ guardrail }: { guardrail: string }) => guardrail === id);
    // Sign-ins of root with an id: panther-analysis 71, 82, 84, 85 and 321;
    // 82, 85 and 321 are one text.
    expect(of('signin.root-login')).toMatchObject({
      wakes: 3,
      violates: 2,
      complies: 1,
      failed: 0,
    });
    // StopLogging and DeleteTrail that succeeded: two of panther-analysis, two of splunk; refused: two
    // of panther-analysis, two of traildiscover. The others have no account or trail that could be one.
    expect(of('cloudtrail.logging-stopped')).toMatchObject({
      wakes: 4,
      stateNotKnown: 4,
      failed: 4,
    });
  },
);
