import { once } from 'node:events';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compact } from '#lake/compact/index';
import { decisionRow } from '#lake/decision-row';
import { eventRow } from '#lake/event-row';
import type { RowContext } from '#lake/row-context';
import { lineOf } from '#lake/write';

/** What may be spent at most on two cores that nobody else uses, for a million rows. */
const LIMIT = { rowsPerSecond: 2_000, compactSeconds: 120, megabytes: 2_000 };
const ROWS = Number(process.argv[2] ?? 1_000_000);
const OBJECTS = 96;
const ACCOUNTS = 200;

const CONTEXT: RowContext = {
  organization: 'o-example1234',
  accounts: Object.fromEntries(
    Array.from({ length: ACCOUNTS }, (_, i) => [
      String(100_000_000_000 + i),
      { name: `account-${i}`, ouPath: '/Workloads/Prod' },
    ]),
  ),
  guardrails: {
    's3.bucket-public': {
      title: 'S3 bucket made public',
      severity: 'critical',
      why: 'Anyone on the internet can read or change what is in it.',
      frameworks: { 'cis-5.0': ['2.1.4'], fsbp: ['S3.2', 'S3.3', 'S3.8'], attack: ['T1530'] },
    },
  },
};

/** A number from a number, evenly spread and always the same. */
const scattered = (i: number): string => (Math.imul(i + 1, 2_654_435_761) >>> 0).toString(16);

const OUTCOMES = ['nothing', 'shadowed', 'repaired', 'failed'];

function decision(i: number): unknown {
  const account = String(100_000_000_000 + (i % ACCOUNTS));
  const called = Date.UTC(2026, 10, 20) + (i % 86_000_000);
  const at = (ms: number) => new Date(called + ms).toISOString();
  return {
    ...{
      id: `d-${scattered(i).repeat(5)}${i}`,
      guardrail: 's3.bucket-public',
      version: 1,
      account,
    },
    ...{ region: 'eu-west-1', ouPath: '/Workloads/Prod', resourceType: 'AWS::S3::Bucket' },
    ...{ resource: `arn:aws:s3:::bucket-${i % 5_000}`, eventID: scattered(i), cause: 'event' },
    call: {
      source: 's3.amazonaws.com',
      name: 'PutBucketAcl',
      caller: `arn:aws:iam::${account}:user/ana`,
    },
    ...{ mode: 'enforce', modeFrom: '* on /', verdict: 'violates', reason: 'the ACL grants READ' },
    ...{ outcome: OUTCOMES[i % 4], planned: ['s3:PutBucketAcl'], made: ['s3:PutBucketAcl'] },
    calls: [{ operation: 's3:PutBucketAcl', requestId: scattered(i), at: at(3_000) }],
    ...{ before: '{"acl":{"Grants":[]}}', after: '{"acl":{"Grants":[]}}' },
    at: { called: at(0), received: at(1_500), looked: at(2_000), recorded: at(3_200) },
    body: { sha256: scattered(i).repeat(8).slice(0, 64), bytes: 1_234 },
  };
}

const envelope = (i: number): string =>
  JSON.stringify({
    ...{ version: '0', id: scattered(i), 'detail-type': 'AWS API Call via CloudTrail' },
    ...{ source: 'aws.s3', account: '100000000001', time: '2026-11-20T10:00:00Z' },
    ...{ region: 'eu-west-1', resources: [] },
    detail: {
      ...{ eventVersion: '1.11', eventTime: '2026-11-20T10:00:00Z', eventID: scattered(i) },
      ...{ eventSource: 's3.amazonaws.com', eventName: 'PutBucketAcl', awsRegion: 'eu-west-1' },
      userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::100000000001:user/ana', userName: 'ana' },
      requestParameters: { bucketName: `bucket-${i}`, 'x-amz-acl': 'public-read' },
      ...{ responseElements: null, sourceIPAddress: '198.51.100.7', userAgent: 'aws-cli/2.13' },
    },
  });

const seconds = (since: bigint): number => Number(process.hrtime.bigint() - since) / 1e9;

function rate(make: (i: number) => unknown, count = 20_000): number {
  const since = process.hrtime.bigint();
  for (let i = 0; i < count; i++) make(i);
  return Math.round(count / seconds(since));
}

async function write(folder: string): Promise<void> {
  for (let object = 0; object < OBJECTS; object++) {
    const stream = createWriteStream(path.join(folder, String(object).padStart(4, '0')));
    for (let i = object; i < ROWS; i += OBJECTS)
      if (!stream.write(lineOf(decisionRow(decision(i), CONTEXT)))) await once(stream, 'drain');
    stream.end();
    await once(stream, 'close');
  }
}

async function bench(): Promise<boolean> {
  const decisions = rate((i) => lineOf(decisionRow(decision(i), CONTEXT)));
  const events = rate((i) => lineOf(eventRow(envelope(i), CONTEXT)));
  console.log(`decisions mapped: ${decisions} rows/s; events mapped: ${events} rows/s`);
  const lake = mkdtempSync(path.join(tmpdir(), 'parapet-bench-'));
  try {
    const folder = path.join(lake, 'class=2003/event_day=20261120');
    mkdirSync(folder, { recursive: true });
    await write(folder);
    const since = process.hrtime.bigint();
    const before = process.cpuUsage();
    const done = await compact({ lake });
    const took = seconds(since);
    const { user, system } = process.cpuUsage(before);
    const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
    const rows = done.days.reduce((sum, day) => sum + day.rows, 0);
    const bytes = done.days.reduce((sum, day) => sum + day.bytes, 0);
    console.log(
      `${rows} rows of ${OBJECTS} objects compacted in ${took.toFixed(1)} s, ${((user + system) / 1e6).toFixed(1)} s of processors, ${megabytes} MB at most, ${(bytes / rows).toFixed(0)} bytes a row`,
    );
    const isFast = Math.min(decisions, events) >= LIMIT.rowsPerSecond;
    const most = (LIMIT.compactSeconds * ROWS) / 1_000_000;
    return isFast && rows === ROWS && took <= most && megabytes <= LIMIT.megabytes;
  } finally {
    rmSync(lake, { recursive: true });
  }
}

void bench().then((isWithin) => {
  if (!isWithin) console.error('beyond its limits');
  process.exitCode = isWithin ? 0 : 1;
});
