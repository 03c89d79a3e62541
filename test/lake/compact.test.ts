import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { compact } from '#lake/compact/index';
import { decisionRow } from '#lake/decision-row';
import { eventRow } from '#lake/event-row';
import { folderOf } from '#lake/partition';
import type { LakeRow } from '#lake/rows';
import { lineOf, linesOf } from '#lake/write';
import { envelope } from '../support/event';
import { CONTEXT, REPAIRED } from './context';
import { recordedEnvelopes } from './recorded-events';

const decision = (id: string, changes: object = {}) =>
  decisionRow({ ...REPAIRED, id, ...changes }, CONTEXT);
const event = (eventID: string) => eventRow(envelope({ eventID }), CONTEXT);

const DAY = 'class=2003/event_day=20261121';
const EVENTS = 'class=6003/event_day=20261121';

describe('compaction', () => {
  let lake: string;
  beforeEach(() => {
    lake = mkdtempSync(path.join(tmpdir(), 'parapet-lake-test-'));
  });
  afterEach(() => rmSync(lake, { recursive: true }));

  const put = (object: string, content: string | Buffer): void => {
    mkdirSync(path.dirname(path.join(lake, object)), { recursive: true });
    writeFileSync(path.join(lake, object), content);
  };
  const files = (folder = lake): readonly string[] =>
    (readdirSync(folder, { recursive: true, withFileTypes: true }) ?? [])
      .filter((entry) => !entry.isDirectory())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
      .toSorted();
  const uids = async (file: string): Promise<readonly unknown[]> =>
    (await query(`SELECT metadata.uid AS uid FROM '${path.join(lake, file)}'`)).map(
      (row) => row.uid,
    );

  test('makes one file a day of whatever lies there, each row once', async () => {
    put(`${DAY}/a`, linesOf([decision('d-1'), decision('d-2')]));
    put(`${DAY}/b.gz`, gzipSync(linesOf([decision('d-2'), decision('d-3')])));
    put(`${EVENTS}/c`, lineOf(event('e1')));

    const done = await compact({ lake });

    expect(done).toMatchObject({
      objects: 3,
      days: [
        { classUid: 2003, day: '20261121', rows: 3, duplicates: 1 },
        { classUid: 6003, day: '20261121', rows: 1, duplicates: 0 },
      ],
      refused: [],
      removed: [`${DAY}/a`, `${DAY}/b.gz`, `${EVENTS}/c`],
    });
    expect(files()).toEqual([`${DAY}/compacted.parquet`, `${EVENTS}/compacted.parquet`]);
    expect(await uids(`${DAY}/compacted.parquet`)).toEqual(['d-1', 'd-2', 'd-3']);
  });

  test('done again it does nothing, and what comes later is added', async () => {
    put(`${DAY}/a`, lineOf(decision('d-1')));
    await compact({ lake });
    const before = readFileSync(path.join(lake, DAY, 'compacted.parquet'));

    const again = await compact({ lake });
    expect(again).toMatchObject({ days: [], refused: [], removed: [] });
    expect(readFileSync(path.join(lake, DAY, 'compacted.parquet')).equals(before)).toBe(true);

    put(`${DAY}/b`, linesOf([decision('d-1'), decision('d-0')]));
    const later = await compact({ lake });
    expect(later.days).toMatchObject([{ rows: 2, duplicates: 1 }]);
    expect(await uids(`${DAY}/compacted.parquet`)).toEqual(['d-1', 'd-0']);
  });

  test('of two rows with one uid the latest stays, whichever comes first', async () => {
    const late = { ...REPAIRED.at, recorded: '2026-11-21T11:00:00Z' };
    put(`${DAY}/a`, linesOf([decision('d-1', { reason: 'new', at: late }), decision('d-1')]));
    put(`${DAY}/b`, lineOf(decision('d-1', { reason: 'old' })));

    await compact({ lake });

    const rows = await query(`SELECT message FROM '${lake}/${DAY}/compacted.parquet'`);
    expect(rows).toEqual([{ message: 'S3 bucket made public: new' }]);
  });

  test('rows are filed by when they happened, wherever their object lies', async () => {
    const at = { ...REPAIRED.at, recorded: '2026-11-20T23:59:59.999Z' };
    put(`${DAY}/a`, linesOf([decision('d-1'), decision('d-2', { at })]));

    const { days } = await compact({ lake });

    expect(days.map(({ day, rows }) => [day, rows])).toEqual([
      ['20261120', 1],
      ['20261121', 1],
    ]);
    expect(await uids('class=2003/event_day=20261120/compacted.parquet')).toEqual(['d-2']);
  });

  test('only the chosen days are touched', async () => {
    put(`${DAY}/a`, lineOf(decision('d-1')));
    put('class=2003/event_day=20261120/b', lineOf(decision('d-2')));

    const { removed } = await compact({ lake, days: new Set(['20261120']) });

    expect(removed).toEqual(['class=2003/event_day=20261120/b']);
    expect(existsSync(path.join(lake, DAY, 'a'))).toBe(true);
  });

  test('into another folder, and with keep, the inputs stay', async () => {
    put(`${DAY}/a`, lineOf(decision('d-1')));
    const out = path.join(lake, '../', `${path.basename(lake)}-out`);

    const elsewhere = await compact({ lake, out });
    const kept = await compact({ lake, keep: true });

    expect([elsewhere.removed, kept.removed]).toEqual([[], []]);
    expect(files(out)).toEqual([`${DAY}/compacted.parquet`]);
    expect(files()).toEqual([`${DAY}/a`, `${DAY}/compacted.parquet`]);
    rmSync(out, { recursive: true });
  });

  test.each([
    ['cut off in a line', (good: string) => good.slice(0, -40), 'half-written', 2],
    [
      'cut off in its compression',
      (good: string) => gzipSync(good.repeat(50)).subarray(0, -30),
      'half-written',
      undefined,
    ],
    ['text that is no JSON', (good: string) => `${good}hello\n`, 'not-json', 3],
    [
      'bytes that are no text',
      (good: string) => Buffer.concat([Buffer.from(good), Buffer.from([0xc3, 0x28, 10])]),
      'not-utf8',
      3,
    ],
    ['JSON that is no object', (good: string) => `${good}[1]\n`, 'not-a-row', 3],
    [
      'an attribute nobody knows',
      (good: string) => good + tampered({ mood: 'good' }),
      'not-a-row',
      3,
    ],
    [
      'an attribute of another type',
      (good: string) => good + tampered({ time: '2026' }),
      'not-a-row',
      3,
    ],
    ['a time that is none', (good: string) => good + tampered({ time: -1 }), 'not-a-row', 3],
    ['no uid', (good: string) => good + tampered({ metadata: {} }), 'not-a-row', 3],
    ['__proto__', (good: string) => `${good}{"__proto__":{"class_uid":2003}}\n`, 'not-a-row', 3],
    ['a row of the other class', (good: string) => good + lineOf(event('e1')), 'wrong-class', 3],
  ])('%s is named, the rest is kept, and the object stays', async (_what, spoil, kind, line) => {
    put(`${DAY}/bad`, spoil(linesOf([decision('d-1'), decision('d-2')])));
    put(`${DAY}/good`, lineOf(decision('d-3')));

    const done = await compact({ lake });

    expect(done.refused).toHaveLength(1);
    expect(done.refused[0]).toMatchObject({ object: `${DAY}/bad`, kind, count: 1 });
    expect(done.refused[0]?.line).toBe(line);
    expect(done.removed).toEqual([`${DAY}/good`]);
    expect(await uids(`${DAY}/compacted.parquet`)).toEqual(expect.arrayContaining(['d-1', 'd-3']));
  });

  test('objects that are empty, foreign, or too large are named and left', async () => {
    put(`${DAY}/empty`, '');
    put('README.md', '# hello');
    put('class=1001/event_day=20261121/x', '{}');
    put('class=2003/event_day=tomorrow/x', '{}');
    symlinkSync('/etc/passwd', path.join(lake, 'class=2003/event_day=tomorrow/link'));
    put(`${DAY}/large`, linesOf(['d-1', 'd-2', 'd-4', 'd-5'].map((id) => decision(id))));
    put(`${DAY}/bomb`, gzipSync(Buffer.alloc(5_000_000, 32)));
    put(`${DAY}/long-line`, `${'x'.repeat(6_500)}\n${lineOf(decision('d-3'))}`);

    const limits = { objectBytes: 12_000, lineBytes: 6_000 };
    const done = await compact({ lake, limits });

    expect(done.refused.map(({ object, kind }) => [object, kind])).toEqual([
      ['README.md', 'foreign-object'],
      ['class=1001/event_day=20261121/x', 'foreign-object'],
      [`${DAY}/bomb`, 'oversized'],
      [`${DAY}/empty`, 'empty'],
      [`${DAY}/large`, 'oversized'],
      [`${DAY}/long-line`, 'oversized'],
      ['class=2003/event_day=tomorrow/link', 'foreign-object'],
      ['class=2003/event_day=tomorrow/x', 'foreign-object'],
    ]);
    expect(await uids(`${DAY}/compacted.parquet`)).toContain('d-3');
    expect(files()).toContain('README.md');
  });

  test('lines of one kind in one object are counted together', async () => {
    put(`${DAY}/bad`, `${lineOf(decision('d-1'))}x\ny\nz\n`);

    const { refused } = await compact({ lake });

    expect(refused).toEqual([
      { object: `${DAY}/bad`, kind: 'not-json', reason: 'the line is not JSON', line: 2, count: 3 },
    ]);
  });

  test("Parquet of the lake's columns is taken, other Parquet is named", async () => {
    put(`${DAY}/a`, linesOf([decision('d-1'), decision('d-2')]));
    await compact({ lake });
    const made = readFileSync(path.join(lake, DAY, 'compacted.parquet'));
    put(`${DAY}/copy.parquet`, made);
    put(`${DAY}/cut.parquet`, made.subarray(0, made.length - 100));
    put(`${DAY}/damaged.parquet`, damaged(made));
    await query(`COPY (SELECT 1 AS x) TO '${lake}/${DAY}/other.parquet' (FORMAT parquet)`);

    const done = await compact({ lake });

    expect(done.refused.map(({ object, kind }) => [object, kind])).toEqual([
      [`${DAY}/cut.parquet`, 'bad-parquet'],
      [`${DAY}/damaged.parquet`, 'bad-parquet'],
      [`${DAY}/other.parquet`, 'bad-parquet'],
    ]);
    expect(done.removed).toEqual([`${DAY}/copy.parquet`]);
    expect(done.days).toMatchObject([{ rows: 2, duplicates: 2 }]);
  });

  test("a day's file that cannot be read is not replaced, and its inputs stay", async () => {
    put(`${DAY}/compacted.parquet`, 'PAR1 and then nothing');
    put(`${DAY}/a`, lineOf(decision('d-1')));

    const done = await compact({ lake });

    expect(done.refused).toMatchObject([
      { object: `${DAY}/compacted.parquet`, kind: 'bad-parquet' },
    ]);
    expect(done.removed).toEqual([]);
    expect(readFileSync(path.join(lake, DAY, 'compacted.parquet'), 'utf8')).toMatch(/^PAR1 and/);
  });

  test('a second compaction of the same folder is refused while the first lives', async () => {
    put(`${DAY}/a`, lineOf(decision('d-1')));
    writeFileSync(path.join(lake, '.compacting'), String(process.ppid));
    await expect(compact({ lake })).rejects.toThrow(/being compacted by process/);

    writeFileSync(path.join(lake, '.compacting'), '999999999');
    expect((await compact({ lake })).removed).toEqual([`${DAY}/a`]);
    expect(files()).toEqual([`${DAY}/compacted.parquet`]);
  });

  test('a draft that an interrupted run left behind does no harm', async () => {
    put(`${DAY}/.compacted.parquet.draft`, 'half');
    put(`${DAY}/a`, lineOf(decision('d-1')));

    const done = await compact({ lake });

    expect(done.refused).toEqual([]);
    expect(files()).toEqual([`${DAY}/compacted.parquet`]);
  });

  test('what is read from Parquet is what was written as NDJSON', async () => {
    const strange = { resource: `half a pair: \ud800, nul: \u0000, quote: ' " \\, 漢字` };
    const rows: readonly LakeRow[] = [
      ...recordedEnvelopes().map((text) => eventRow(text, CONTEXT)),
      decision('d-1', { because: 'x', follows: 'd-0' }),
      decision('d-2', strange),
      decision('d-3', { planned: [], calls: [], made: [], guardrail: 'unknown' }),
    ];
    // Some made-up events of the corpus share an eventID on different days: within one day one stays.
    const keyOf = (row: LakeRow) => `${row.metadata.uid} ${folderOf(row)}`;
    const latest = new Map<string, LakeRow>();
    for (const row of rows)
      if ((latest.get(keyOf(row))?.time ?? 0) <= row.time) latest.set(keyOf(row), row);
    for (const [i, row] of rows.entries())
      put(`${folderOf(row)}${String(i).padStart(5, '0')}`, lineOf(row));

    const done = await compact({ lake });

    expect(done.refused).toEqual([]);
    const back = await readAll(lake);
    expect(back).toHaveLength(latest.size);
    for (const { row } of back)
      expect(row).toEqual(
        withoutEmpty(JSON.parse(lineOf(latest.get(keyOf(row as LakeRow)) as LakeRow))),
      );
  }, 60_000);
});

const tampered = (changes: object): string =>
  `${JSON.stringify({ ...decision('d-9'), ...changes })}\n`;

/** With a page in the middle overwritten: the footer is whole. */
function damaged(file: Buffer): Buffer {
  const copy = Buffer.from(file);
  copy.fill(0xff, 200, 1_200);
  return copy;
}

async function query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** All rows of both classes, as JSON without the columns that are null. */
async function readAll(lake: string): Promise<readonly { readonly row: unknown }[]> {
  const found = await Promise.all(
    [2003, 6003].map((uid) =>
      query(
        `SELECT to_json(r) AS row FROM read_parquet('${lake}/class=${uid}/*/compacted.parquet', hive_partitioning = false) AS r`,
      ),
    ),
  );
  return found.flat().map(({ row }) => ({ row: withoutEmpty(JSON.parse(String(row))) }));
}

/** Null, and structures that hold nothing else, are absent attributes. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([name, inner]) => [name, withoutEmpty(inner)]),
  );
}
