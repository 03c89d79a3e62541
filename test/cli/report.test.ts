import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyDays, lastDecisionDay } from '#aws/lake-copy';
import { reportOfBucket } from '../../src/cli/report/make';
import { decisionRow, decisionsOn, moment, put } from '../report/made-lake';
import { framework } from '../report/made-report';
import { inNewFolder, parapet, SNAPSHOT } from './terminal';

const inLake = <T>(work: () => Promise<T>): Promise<T> =>
  inNewFolder(async () => {
    put('lake', `${decisionsOn('03-10')}/a.ndjson`, [
      decisionRow({ called: moment('03-10T08:00:00'), outcome: 'observed', reason: 'open' }),
    ]);
    put('lake', `${decisionsOn('03-12')}/a.ndjson`, [
      decisionRow({ called: moment('03-12T08:00:00'), resource: 'arn:aws:s3:::other' }),
      decisionRow({ called: moment('03-12T09:00:00'), resource: 'arn:aws:s3:::late' }),
    ]);
    put('lake', `${decisionsOn('03-12')}/b.ndjson`, 'half a li');
    return work();
  });

test('writes one file, and tells what is in it and what could not be read', () =>
  inLake(async () => {
    const { code, stdout, stderr } = await parapet(['report', '--lake', 'lake', '--out', 'r.html']);

    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `CIS AWS Foundations Benchmark 5.0.0, 2026-02-11 to 2026-03-12: 3 decisions.
controls   1 failing, 0 undetermined, 0 exempt, 1 passing, 8 without activity, 53 not assessed
resources  1 in violation; 0 repairs made
written    r.html
`,
    });
    expect(stderr).toBe(`Reading lake, 2026-02-11 to 2026-03-12 …
half-written: class=2003/event_day=20260312/b.ndjson (1): the last line is cut off
`);
    expect(readFileSync('r.html', 'utf8')).toMatch(/^<!doctype html>/);
  }));

test('with --json the summary is data; without a file the report itself is', () =>
  inLake(async () => {
    const summary = await parapet(['report', '--lake', 'lake', '--out', 'r.html', '--json']);
    const whole = await parapet(['report', '--lake', 'lake', '--json']);

    expect(JSON.parse(summary.stdout)).toMatchObject({
      ...{ framework: 'cis-5.0', decisions: 3, open: 1, problems: 1, files: ['r.html'] },
      period: { from: '2026-02-11', to: '2026-03-12' },
    });
    expect(JSON.parse(whole.stdout)).toMatchObject({
      schema: 'parapet-report/1',
      totals: { decisions: 3 },
    });
  }));

test('leaves out what came after the moment it is made as of', () =>
  inLake(async () => {
    const asOf = ['--as-of', '2026-03-12T08:30:00Z'];
    const { stdout } = await parapet(['report', '--lake', 'lake', '--json', ...asOf]);

    const { totals, cover } = JSON.parse(stdout);
    expect(totals.decisions).toBe(2);
    expect(cover).toMatchObject({
      asOf: '2026-03-12T08:30:00.000Z',
      period: { to: '2026-03-12' },
    });
  }));

test('csv is a folder of tables', () =>
  inLake(async () => {
    const { code } = await parapet([
      'report',
      '--lake',
      'lake',
      '--format',
      'csv',
      '--out',
      'tables',
    ]);

    expect(code).toBe(0);
    expect(readFileSync('tables/trend.csv', 'utf8')).toContain('\r\n2026-03-12,true,2,0,0,0,0\r\n');
  }));

test('with --fail-on-open a violation that stands is exit code 1', () =>
  inLake(async () => {
    const open = ['report', '--lake', 'lake', '--out', 'r.html', '--fail-on-open'];

    expect((await parapet(open)).code).toBe(1);
    expect((await parapet([...open, '--from', '2026-03-12'])).code).toBe(0);
  }));

test('a period without data is reported, and told', () =>
  inLake(async () => {
    const period = ['--from', '2025-01-01', '--to', '2025-01-31'];
    const { code, stderr } = await parapet([
      'report',
      '--lake',
      'lake',
      '--out',
      'r.html',
      ...period,
    ]);

    expect(code).toBe(0);
    expect(stderr).toContain('There is no data from 2025-01-01 to 2025-01-31; the report says so.');
    expect(readFileSync('r.html', 'utf8')).toContain('There is no data for this period.');
  }));

test('knows the accounts of the snapshot, those that are silent too', () =>
  inLake(async () => {
    writeFileSync('organization.json', JSON.stringify(SNAPSHOT));
    const known = ['--organization', 'organization.json'];
    const { stdout } = await parapet(['report', '--lake', 'lake', '--json', ...known]);

    const { cover, completeness } = JSON.parse(stdout);
    expect(cover).toMatchObject({ hasSnapshot: true, accounts: SNAPSHOT.accounts.length });
    expect(completeness.accountsSilent).not.toContain('444444444444');
  }));

test.each([
  [['--lake', 'nowhere'], 'nowhere is no folder'],
  [['--lake', 'lake', '--from', '2026-02-30'], '--from 2026-02-30 is no day'],
  [
    ['--lake', 'lake', '--from', '2026-03-12', '--to', '2026-03-10'],
    'the period ends (2026-03-10)',
  ],
  [['--lake', 'lake', '--as-of', 'now'], '--as-of now is no moment'],
  [['--lake', 'lake', '--framework', 'cis-9'], 'cis-9'],
  [['--lake', 'lake', '--format', 'csv'], 'name a folder with --out'],
  [['--lake', 's3://Not_A_Bucket'], 's3://Not_A_Bucket is no address'],
  [[], '--lake'],
])('%j is exit code 2', (argv, message) =>
  inLake(async () => {
    const { code, stderr } = await parapet(['report', ...argv]);

    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(existsSync('r.html')).toBe(false);
  }),
);

test('an empty lake needs a period', () =>
  inNewFolder(async () => {
    put('lake', 'README', 'nothing yet');
    const { code, stderr } = await parapet(['report', '--lake', 'lake']);

    expect(code).toBe(2);
    expect(stderr).toContain('the lake holds no day of decisions');
  }));

describe('a lake in S3', () => {
  const objects: Readonly<Record<string, string>> = {
    'class=2003/event_day=20260310/a.ndjson': JSON.stringify(decisionRow({})),
    'class=2003/event_day=20250310/old.ndjson': 'too old to be copied',
    'class=2003/event_day=20260310/../../../etc/passwd': 'no place',
    'class=2003/event_day=20260310/..': 'no place either',
    'AWSLogs/x.gz': 'of somebody else',
  };
  const got: string[] = [];
  const bucket = {
    async *list() {
      for (const [name, text] of Object.entries(objects)) yield { name, bytes: text.length };
    },
    async get(name: string, file: string) {
      got.push(name);
      put(file.slice(0, -name.length), name, objects[name] ?? '');
      return 'etag';
    },
  };

  test('is copied by days, and no key leads out of the folder', async () => {
    const report = await reportOfBucket(bucket, {
      ...{ framework: framework('cis-5.0'), guardrails: [], version: '1.0.0', from: '2026-03-01' },
      tell: () => {},
    });

    expect(got).toEqual(['class=2003/event_day=20260310/a.ndjson']);
    expect(report.totals.decisions).toBe(1);
    expect(report.cover.period).toEqual({ from: '2026-03-01', to: '2026-03-10' });
    expect(report.completeness.problems.map(({ object, kind }) => `${kind} ${object}`)).toEqual([
      'foreign class=2003/event_day=20260310/../../../etc/passwd',
      'foreign class=2003/event_day=20260310/..',
      'foreign AWSLogs/x.gz',
    ]);
  });

  test('its last day is that of decisions', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parapet-test-'));

    expect(await lastDecisionDay(bucket)).toBe('20260310');
    expect(await copyDays(bucket, folder, () => false)).toMatchObject({ objects: 0, bytes: 0 });
    rmSync(folder, { recursive: true });
  });
});

test('with --redact no name leaves the house, and the key file is asked for', () =>
  inLake(async () => {
    writeFileSync('redact.key', `${'k'.repeat(40)}\n`);
    const redact = ['report', '--lake', 'lake', '--redact'];

    const { code, stdout } = await parapet([...redact, 'redact.key', '--json']);

    expect(code).toBe(0);
    expect(JSON.parse(stdout).accounts[0].account).toMatch(/^account-[0-9a-f]{12}$/);
    expect(stdout).not.toContain('444444444444');
    expect(stdout).not.toContain('kkkk');
    const missing = await parapet([...redact, 'nowhere.key']);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('openssl rand -hex 32 > nowhere.key');
  }));
