import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { compact } from '#lake/compact/index';
import { openLake } from '#report/read/lake';
import { LARGEST_LINE_BYTES } from '#report/read/ndjson';
import { decisionRow, decisionsOn, eventRow, eventsOn, moment, put } from './made-lake';
import { newFolder, reportOf } from './made-report';

const line = (row: object) => `${JSON.stringify(row)}\n`;
const first = decisionRow({ called: moment('03-10T08:00:00'), resource: 'arn:aws:s3:::first' });
const second = decisionRow({ called: moment('03-10T09:00:00'), resource: 'arn:aws:s3:::second' });

/** A row in gzip, and after it so much that it is there whole though the end is missing. */
const halfOf = (row: string): Buffer =>
  gzipSync(row + randomBytes(200_000).toString('hex')).subarray(0, -1000);

describe('a lake with everything wrong in it', () => {
  const lake = newFolder();

  beforeAll(() => {
    const day = decisionsOn('03-10');
    put(lake, `${day}/good.ndjson`, [first, second]);
    put(lake, `${day}/again.ndjson.gz`, gzipSync(line(first)));
    put(lake, `${day}/cut.ndjson`, line(decisionRow({ id: 'd-cut' })) + line(first).slice(0, 200));
    put(lake, `${day}/cut.gz`, halfOf(line(decisionRow({ id: 'd-gz' }))));
    put(lake, `${day}/empty.ndjson`, '');
    put(lake, `${day}/text.txt`, 'hello');
    put(lake, `${day}/not.parquet`, 'PAR1 is not enough');
    put(lake, `${day}/long.ndjson`, `"${'x'.repeat(LARGEST_LINE_BYTES + 10)}"\n`);
    put(lake, `${day}/foreign.ndjson`, [
      { hello: 'world' },
      eventRow({ id: 'e-1', at: moment('03-10T08:00:00') }),
      { ...first, metadata: { ...first.metadata, uid: 7 } },
      { ...first, unmapped: { ...first.unmapped, outcome: 'exploded' } },
    ]);
    put(lake, `${day}/torn.ndjson`, [
      {
        ...first,
        metadata: { ...first.metadata, uid: 'd-torn' },
        compliance: { ...first.compliance, control: 'another.guardrail' },
      },
    ]);
    put(lake, `${day}/mixed.ndjson`, `not json\n\n[1]\n${line(decisionRow({ id: 'd-mixed' }))}`);
    put(lake, 'README', 'who put this here');
    put(lake, 'class=9999/event_day=20260310/other.ndjson', [first]);
    put(lake, 'class=2003/event_day=20261399/x.ndjson', [first]);
    put(lake, 'class=2003/event_day=20260310/.compacting', '1');
  });

  test('counts what is right once, and names all that is not', async () => {
    const { totals, completeness } = await reportOf(lake);

    const named = completeness.problems.map(
      ({ object, kind, count, what }) => `${object.split('/').at(-1)} ${kind} ${count}: ${what}`,
    );
    expect(named).toEqual([
      'README foreign 1: lies in no folder of the lake',
      'cut.gz half-written 1: cannot be read to its end: Z_BUF_ERROR',
      'cut.ndjson half-written 1: the last line is cut off',
      'empty.ndjson half-written 1: is empty',
      'foreign.ndjson foreign 1: an outcome that is not known',
      'foreign.ndjson foreign 2: class_uid is not 2003',
      'foreign.ndjson foreign 1: metadata.uid is no text',
      'good.ndjson duplicate 1: rows that the lake holds already; each is counted once',
      'long.ndjson oversized 1: a line is longer than 8388608 bytes',
      'mixed.ndjson foreign 1: not a JSON object',
      'mixed.ndjson half-written 1: a line is not JSON',
      'not.parquet half-written 1: is no whole Parquet file',
      'text.txt foreign 1: is neither NDJSON nor Parquet',
      'torn.ndjson foreign 1: it names two outcomes or two guardrails',
      'x.ndjson foreign 1: its folder names no day: 20261399',
      'other.ndjson foreign 1: lies in no folder of the lake',
    ]);
    // first, second, d-cut, d-gz and d-mixed.
    expect(totals.decisions).toBe(5);
  });
});

describe('a lake of nothing', () => {
  test('gives a report that says so', async () => {
    const { totals, completeness, cover } = await reportOf(newFolder());

    expect(totals).toMatchObject({ decisions: 0, open: 0 });
    expect(totals.controls).toMatchObject({ failing: 0, passing: 0, 'no-activity': 10 });
    expect(completeness.days).toEqual([
      { day: '2026-03-10', decisions: 0, events: 0, objects: 0 },
      { day: '2026-03-11', decisions: 0, events: 0, objects: 0 },
      { day: '2026-03-12', decisions: 0, events: 0, objects: 0 },
    ]);
    expect(cover.asOf).toBeUndefined();
  });

  test('that is no folder is told', async () => {
    const period = { from: '2026-03-10', to: '2026-03-12' };

    await expect(openLake('/nowhere/lake', period)).rejects.toThrow('/nowhere/lake is no folder');
  });
});

describe('a period', () => {
  const lake = newFolder();

  beforeAll(() => {
    // A row lies where it was delivered: that of late 12 March in the folder of the 13th.
    const late = decisionRow({ called: moment('03-12T23:59:00') });
    const next = decisionRow({ called: moment('03-13T00:10:00') });
    const earlier = decisionRow({ called: moment('03-09T10:00:00'), outcome: 'observed' });
    put(lake, `${decisionsOn('03-13')}/a.ndjson`, [late, next]);
    put(lake, `${decisionsOn('03-09')}/a.ndjson`, [earlier]);
    put(lake, `${decisionsOn('03-10')}/a.ndjson`, [first]);
    put(lake, `${eventsOn('03-10')}/a.ndjson`, [
      eventRow({ id: 'e-1', at: moment('03-10T08:00:00') }),
      eventRow({ id: 'e-1', at: moment('03-10T08:00:00') }),
    ]);
  });

  test('takes rows by when they happened, and compares with as many days before', async () => {
    const { totals, completeness } = await reportOf(lake);

    expect(totals.decisions).toBe(2);
    expect(totals.before).toEqual({ decisions: 1, violations: 1 });
    expect(completeness.events).toBe(1);
  });

  test('ends at the moment it is reported as of', async () => {
    const period = { from: '2026-03-10', to: '2026-03-13' };
    const opened = await openLake(lake, period, { until: moment('03-11T00:00:00') });

    expect(await opened.ask('SELECT uid FROM decisions')).toEqual([{ uid: first.metadata.uid }]);
    opened.close();
  });
});

describe('Parquet', () => {
  const lines = newFolder();
  const files = newFolder();
  const rows = [
    first,
    second,
    decisionRow({
      resource: 'arn:aws:s3:::third',
      outcome: 'shadowed',
      planned: ['s3:PutBucketAcl'],
      before: '{"a":1}',
    }),
    decisionRow({ outcome: 'repaired', repairMs: 5000, made: [{ operation: 's3:PutBucketAcl' }] }),
  ];

  beforeAll(async () => {
    put(lines, `${decisionsOn('03-10')}/a.ndjson`, rows);
    await compact({ lake: lines, out: files, memory: '256MB' });
  });

  test('as compaction leaves it gives the same report as the lines it was made of', async () => {
    const [fromLines, fromFiles] = [await reportOf(lines), await reportOf(files)];

    expect(existsSync(join(files, `${decisionsOn('03-10')}/compacted.parquet`))).toBe(true);
    const { cover, completeness, integrity: _i, ...rest } = fromFiles;
    expect(rest).toEqual({
      ...rest,
      ...(({ cover: _, completeness: __, integrity: ___, ...own }) => own)(fromLines),
    });
    expect(cover.asOf).toBe(fromLines.cover.asOf);
    expect(completeness.decisions).toBe(4);
    expect(completeness.problems).toEqual([]);
  });

  test('beside lines that it was made of counts each row once', async () => {
    put(files, `${decisionsOn('03-10')}/late.ndjson`, [first, decisionRow({ id: 'd-late' })]);

    const { totals, completeness } = await reportOf(files);

    expect(totals.decisions).toBe(5);
    expect(completeness.problems).toMatchObject([{ kind: 'duplicate', count: 1 }]);
  });

  test('whose data is damaged behind a whole footer is named, and the rest is read', async () => {
    const lake = newFolder();
    put(lake, `${decisionsOn('03-11')}/good.ndjson`, [first]);
    const bytes = readFileSync(join(files, `${decisionsOn('03-10')}/compacted.parquet`));
    // Data, footer, four bytes of the footer's length, PAR1.
    const footer = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
    put(lake, `${decisionsOn('03-10')}/compacted.parquet`, bytes.fill(0x5a, 4, footer));

    const { totals, completeness } = await reportOf(lake);

    expect(totals.decisions).toBe(1);
    expect(completeness.problems).toMatchObject([
      { kind: 'half-written', count: 1, what: 'its data cannot be read' },
    ]);
  });

  test('of somebody else is foreign, and half a file is half-written', async () => {
    const lake = newFolder();
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    put(lake, `${decisionsOn('03-10')}/good.ndjson`, [first]);
    const foreign = join(lake, decisionsOn('03-10'), 'foreign.parquet');
    const typed = join(lake, decisionsOn('03-10'), 'typed.parquet');
    await connection.run(`COPY (SELECT 1 AS class_uid, 'x' AS y) TO '${foreign}' (FORMAT parquet)`);
    await connection.run(`COPY (SELECT 2003 AS class_uid, {uid: 'a'} AS metadata, 'soon' AS "time")
      TO '${typed}' (FORMAT parquet)`);
    connection.closeSync();
    instance.closeSync();

    const { totals, completeness } = await reportOf(lake);

    expect(totals.decisions).toBe(1);
    expect(completeness.problems.map(({ kind, what }) => `${kind}: ${what}`)).toEqual([
      'foreign: metadata.uid is missing',
      'foreign: time is no number',
    ]);
  });
});
