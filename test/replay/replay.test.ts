import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import type { JsonObject } from '#core';
import { guardrails } from '#policies/guardrails/index';
import { replay } from '#replay';
import { deployment } from '../support/deployment';

const id = (number: number) => `6f1c9a52-0000-4000-8000-${`${number}`.padStart(12, '0')}`;

const record = (number: number, more: JsonObject): JsonObject => ({
  eventVersion: '1.11',
  userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::444444444444:user/ada', userName: 'ada' },
  eventTime: '2026-11-20T10:00:00Z',
  awsRegion: 'us-east-1',
  eventID: id(number),
  eventType: 'AwsApiCall',
  recipientAccountId: '444444444444',
  ...more,
});

const ROOT = { type: 'Root', arn: 'arn:aws:iam::444444444444:root', accountId: '444444444444' };

const rootLogin = (number: number, more: JsonObject = {}) =>
  record(number, {
    userIdentity: ROOT,
    eventSource: 'signin.amazonaws.com',
    eventName: 'ConsoleLogin',
    eventType: 'AwsConsoleSignIn',
    sourceIPAddress: '198.51.100.7',
    responseElements: { ConsoleLogin: 'Success' },
    ...more,
  });

const aclPut = (number: number, more: JsonObject = {}) =>
  record(number, {
    eventSource: 's3.amazonaws.com',
    eventName: 'PutBucketAcl',
    requestParameters: { bucketName: 'orders' },
    ...more,
  });

const listing = (number: number) =>
  record(number, { eventSource: 's3.amazonaws.com', eventName: 'ListBuckets' });

const logFile = (...records: readonly JsonObject[]) =>
  gzipSync(JSON.stringify({ Records: records }));

const TRAIL = 'AWSLogs/444444444444/CloudTrail/us-east-1/2026/11';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'parapet-replay-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Replays files written for the occasion. */
function replayed(
  files: Readonly<Record<string, string | Buffer>>,
  more: Partial<Parameters<typeof replay>[0]> = {},
) {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  return replay({ paths: [folder], guardrails, scope: {}, jobs: 1, ...more });
}

/** guardrail, day, account, Region, wakes, violates, complies, state not known, failed. */
const cells = ({ rows }: Awaited<ReturnType<typeof replay>>) =>
  rows.map((row) =>
    [
      ...[row.guardrail, row.day, row.account, row.region],
      ...[row.wakes, row.violates, row.complies, row.stateNotKnown, row.failed],
    ].join(' '),
  );

test('a root sign-in is convicted by its event, all else waits for its state', async () => {
  const done = await replayed({
    'a.json.gz': logFile(
      rootLogin(1),
      rootLogin(2, { responseElements: { ConsoleLogin: 'Failure' } }),
      aclPut(3),
      listing(4),
    ),
  });

  expect(done.read).toMatchObject({ files: 1, events: 4 });
  expect(done.woke).toBe(3);
  expect(cells(done)).toEqual([
    's3.bucket-public 2026-11-20 444444444444 us-east-1 1 0 0 1 0',
    'signin.root-login 2026-11-20 444444444444 us-east-1 2 1 1 0 0',
  ]);
});

test('a call that failed wakes nothing and is counted with who made it', async () => {
  const done = await replayed({ 'a.json.gz': logFile(aclPut(1, { errorCode: 'AccessDenied' })) });

  expect(done.woke).toBe(0);
  expect(cells(done)).toEqual(['s3.bucket-public 2026-11-20 444444444444 us-east-1 0 0 0 0 1']);
  expect(done.rows[0]?.principals).toEqual([
    { principal: 'arn:aws:iam::444444444444:user/ada', calls: 1 },
  ]);
});

test('accounts, Regions and days are told apart, and every guardrail has a total', async () => {
  const there = { recipientAccountId: '555555555555', awsRegion: 'eu-west-1' };
  const done = await replayed({
    'a.json.gz': logFile(
      aclPut(1),
      aclPut(2, there),
      aclPut(3, { ...there, eventTime: '2026-11-21T00:00:00Z' }),
    ),
  });

  expect(cells(done)).toEqual([
    's3.bucket-public 2026-11-20 444444444444 us-east-1 1 0 0 1 0',
    's3.bucket-public 2026-11-20 555555555555 eu-west-1 1 0 0 1 0',
    's3.bucket-public 2026-11-21 555555555555 eu-west-1 1 0 0 1 0',
  ]);
  expect(done.totals.map(({ guardrail }) => guardrail)).toEqual(guardrails.map(({ id }) => id));
  expect(done.totals.find(({ guardrail }) => guardrail === 's3.bucket-public')).toMatchObject({
    ...{ wakes: 3, accounts: 2, regions: 2, days: 2 },
  });
});

const envelope = {
  ...{ version: '0', id: id(9), 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.s3' },
  ...{ account: '444444444444', time: '2026-11-20T10:00:01Z', region: 'us-east-1' },
  detail: aclPut(1),
};
const answer = {
  Events: [
    { EventId: id(1), EventName: 'PutBucketAcl', CloudTrailEvent: JSON.stringify(aclPut(1)) },
  ],
};

test.each([
  ['records by line', `${JSON.stringify(aclPut(1))}\n${JSON.stringify(listing(2))}\n`],
  ['an envelope', JSON.stringify(envelope, null, 2)],
  ['a list of envelopes', JSON.stringify([envelope])],
  ['envelopes by line, gzip', gzipSync(`${JSON.stringify(envelope)}\n`)],
  ['an answer of lookup-events', JSON.stringify(answer)],
  ['a plain log file', JSON.stringify({ Records: [aclPut(1)] })],
])('%s is read', async (_name, content) => {
  const done = await replayed({ 'a.json': content });

  expect(done.broken).toEqual([]);
  expect(cells(done)).toEqual(['s3.bucket-public 2026-11-20 444444444444 us-east-1 1 0 0 1 0']);
});

test('an event counts once, wherever it comes again', async () => {
  const done = await replayed({
    'a.json.gz': logFile(aclPut(1), aclPut(2)),
    'b.json': JSON.stringify(answer),
  });

  expect(done).toMatchObject({ woke: 2, calls: { repeated: 1 } });
});

test('the same id in two accounts is two events, and so is a blanked id with other content', async () => {
  const blanked = { eventID: 'REDACTED' };
  const done = await replayed({
    'a.json.gz': logFile(
      aclPut(1),
      aclPut(1, { recipientAccountId: '555555555555' }),
      aclPut(2, blanked),
      aclPut(2, { ...blanked, requestParameters: { bucketName: 'invoices' } }),
    ),
  });

  expect(done).toMatchObject({ woke: 4, calls: { repeated: 0 } });
});

test('only what is asked for counts, and files that cannot hold it stay unread', async () => {
  const done = await replayed(
    {
      [`${TRAIL}/20/a.json.gz`]: logFile(
        aclPut(1, { eventTime: '2026-11-19T23:59:59Z' }),
        aclPut(2),
        aclPut(3, { eventTime: '2026-11-21T00:00:00Z' }),
      ),
      [`${TRAIL}/19/a.json.gz`]: 'not read: it would be named as broken',
      [`${TRAIL.replace('444444444444', '555555555555')}/20/a.json.gz`]: 'nor this',
      [`${TRAIL.replace('us-east-1', 'eu-west-1')}/20/a.json.gz`]: 'nor this',
    },
    {
      scope: {
        since: Date.UTC(2026, 10, 20),
        until: Date.UTC(2026, 10, 21),
        accounts: new Set(['444444444444']),
        regions: new Set(['us-east-1']),
      },
    },
  );

  expect(done).toMatchObject({ woke: 1, broken: [], calls: { outOfScope: 2 } });
  expect(done.read).toMatchObject({ files: 1, skipped: 3 });
});

test('files that cannot be replayed are named with the reason, and nothing of them counts', async () => {
  const whole = logFile(...Array.from({ length: 2000 }, (_, number) => aclPut(number)));
  const done = await replayed({
    'cut.json.gz': whole.subarray(0, -20),
    'damaged.json.gz': Buffer.concat([whole.subarray(0, 30), Buffer.alloc(200, 7)]),
    'text.json': 'hello',
    'half.json': `{"Records":[${JSON.stringify(aclPut(1))},`,
    'no-json.json': `{"Records":[${JSON.stringify(aclPut(1))},{"a":tru}]}`,
    'other.json': '{"a":1}',
    'digest.json.gz': gzipSync('{"awsAccountId":"1","digestStartTime":"x","logFiles":[{}]}'),
    'insight.json.gz': logFile(
      record(1, {
        eventSource: 's3.amazonaws.com',
        eventName: 'x',
        eventType: 'AwsCloudTrailInsight',
      }),
    ),
    'AWSLogs/444444444444/CloudTrail-Digest/us-east-1/2026/11/20/a.json.gz': 'not opened',
    'good.json': JSON.stringify(aclPut(1)),
    'README.md': 'no log by its name',
  });

  expect(
    done.broken.map(({ file, reason }) => `${path.relative(folder, file)}: ${reason}`),
  ).toEqual([
    'AWSLogs/444444444444/CloudTrail-Digest/us-east-1/2026/11/20/a.json.gz: it is a digest file',
    'cut.json.gz: its gzip is cut short',
    expect.stringMatching(/^damaged.json.gz: its gzip is damaged/),
    'digest.json.gz: it is a digest file',
    'half.json: it is cut short',
    'insight.json.gz: it is an Insight file',
    expect.stringMatching(/^no-json.json: an object in it is not JSON: /),
    'other.json: it holds no CloudTrail events',
    'text.json: it is not JSON, or holds something other than objects',
  ]);
  expect(done).toMatchObject({ woke: 1, read: { files: 10, events: 1, skipped: 1 } });
});

test('a call that would not arrive, or that concerns no resource, wakes nothing', async () => {
  const user = { eventSource: 'iam.amazonaws.com', eventName: 'CreateUser' };
  const done = await replayed({
    'a.json.gz': logFile(
      record(1, { ...user, awsRegion: 'eu-west-1', requestParameters: { userName: 'eve' } }),
      rootLogin(2, { userIdentity: { type: 'IAMUser', userName: 'ada' } }),
    ),
  });

  expect(done).toMatchObject({ woke: 0, calls: { wokeNothing: 2 }, rows: [] });
});

test('a call that no responder could judge is told with its reason', async () => {
  const done = await replayed({
    'a.json.gz': logFile(aclPut(1, { requestParameters: { bucketName: '...' } })),
  });

  expect(done.unjudgeable).toEqual([
    {
      reason: 'the event names no possible bucket',
      ...{ calls: 1, file: path.join(folder, 'a.json.gz') },
    },
  ]);
});

test('with a configuration, other accounts and Regions are left out, but no mode matters', async () => {
  const off = deployment({ modes: [{ guardrail: '*', on: '/', mode: 'off' }] });
  const [governed] = off.governed;
  const here = { awsRegion: governed ?? '' };
  const done = await replayed(
    {
      'a.json.gz': logFile(
        aclPut(1, here),
        aclPut(2, { ...here, recipientAccountId: '999999999999' }),
        aclPut(3, { awsRegion: 'sa-east-1' }),
      ),
    },
    { deployment: off },
  );

  expect(done).toMatchObject({ woke: 1, calls: { notGoverned: 2 } });
});

test('a path that is not there is a mistake of the user', async () => {
  await expect(replayed({}, { paths: [path.join(folder, 'no')] })).rejects.toThrow(
    'no cannot be read',
  );
});

test('threads find what one finds', async () => {
  const workerFile = path.join(folder, '.worker', 'worker.js');
  buildSync({
    entryPoints: [path.resolve(__dirname, '../../src/replay/worker.ts')],
    ...{ bundle: true, platform: 'node', outfile: workerFile, conditions: ['source'] },
  });
  const files = Object.fromEntries(
    Array.from({ length: 20 }, (_, number) => [
      `${TRAIL}/20/${number}.json.gz`,
      number === 7 ? 'hello' : logFile(aclPut(number), rootLogin(100 + number), listing(200)),
    ]),
  );

  const [one, three] = [await replayed(files), await replayed(files, { jobs: 3, workerFile })];

  expect(one).toMatchObject({ woke: 38, read: { files: 20, events: 57 } });
  expect(three).toEqual(one);
});
