import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { compact } from '#lake/compact/index';
import { decisionRow } from '#lake/decision-row';
import { eventRow } from '#lake/event-row';
import { DEDUPLICATED_VIEWS, DUCKDB_MACROS, duckdbTables, SAVED_QUERIES } from '#lake/queries';
import { lineOf, linesOf } from '#lake/write';
import { envelope } from '../support/event';
import { CONTEXT, REPAIRED } from './context';

const at = (seconds: number) => ({
  ...REPAIRED.at,
  recorded: new Date(Date.parse('2026-11-21T10:00:00Z') + seconds * 1000).toISOString(),
});

const DECISIONS = [
  { id: 'd-1', at: at(4) },
  { id: 'd-2', at: at(10), resource: 'arn:aws:s3:::other' },
  { id: 'd-3', at: at(20), outcome: 'shadowed', resource: 'arn:aws:s3:::open' },
  { id: 'd-4', at: at(30), outcome: 'failed', resource: 'arn:aws:s3:::mended' },
  {
    id: 'd-5',
    at: at(40),
    outcome: 'nothing',
    verdict: 'complies',
    resource: 'arn:aws:s3:::mended',
  },
].map((changes) => decisionRow({ ...REPAIRED, ...changes }, CONTEXT));

describe('the saved queries', () => {
  const lake = mkdtempSync(path.join(tmpdir(), 'parapet-queries-'));
  let instance: DuckDBInstance;
  let connection: DuckDBConnection;
  beforeAll(async () => {
    const put = (folder: string, content: string) => {
      mkdirSync(path.join(lake, folder), { recursive: true });
      writeFileSync(path.join(lake, folder, 'a'), content);
    };
    put('class=2003/event_day=20261121', linesOf(DECISIONS));
    put('class=6003/event_day=20261121', lineOf(eventRow(envelope({}), CONTEXT)));
    await compact({ lake });
    instance = await DuckDBInstance.create(':memory:');
    connection = await instance.connect();
    for (const sql of [...DUCKDB_MACROS, ...duckdbTables(lake)]) await connection.run(sql);
    // As if a second delivery had not been compacted yet.
    await connection.run(
      'CREATE TABLE again AS SELECT * FROM decisions UNION ALL SELECT * FROM decisions',
    );
    await connection.run('CREATE OR REPLACE VIEW decisions AS SELECT * FROM again');
  });
  afterAll(() => {
    connection.closeSync();
    instance.closeSync();
    rmSync(lake, { recursive: true });
  });

  const answer = async (name: string, days = ['20261101', '20261130']) => {
    const saved = SAVED_QUERIES.find((one) => one.name === name);
    return (await connection.runAndReadAll(saved?.sql ?? '', days)).getRowsJson();
  };

  test('count outcomes, each decision once', async () => {
    expect(await answer('outcomes')).toEqual([
      ['444444444444', 's3.bucket-public', 'failed', '1'],
      ['444444444444', 's3.bucket-public', 'nothing', '1'],
      ['444444444444', 's3.bucket-public', 'repaired', '2'],
      ['444444444444', 's3.bucket-public', 'shadowed', '1'],
    ]);
  });

  test('name the violations that stand: not what was mended since', async () => {
    const open = await answer('open_violations');

    expect(open.map((row) => row[2])).toEqual(['s3.bucket-public arn:aws:s3:::open']);
  });

  test('tell the seconds to repair', async () => {
    expect(await answer('time_to_repair')).toEqual([['s3.bucket-public', '2', 1.5, 4, 10, 10]]);
  });

  test('tell how requirements fare', async () => {
    expect(await answer('requirements')).toContainEqual(['cis-5.0:2.1.4', '3', '0', '2']);
  });

  test('tell who made the calls', async () => {
    expect(await answer('callers')).toEqual([
      ['arn:aws:iam::444444444444:user/ana', '444444444444', '4'],
    ]);
  });

  test('tell the days, and keep to the period', async () => {
    expect(await answer('days')).toEqual([['20261121', '5', '2026-11-21T10:00:40.000Z']]);
    expect(await answer('days', ['20250101', '20250131'])).toEqual([]);
  });

  test('have views with each row once', async () => {
    for (const { sql } of DEDUPLICATED_VIEWS) await connection.run(sql);
    const [[count] = []] = (
      await connection.runAndReadAll('SELECT count(*) FROM decisions_once')
    ).getRowsJson();

    expect(count).toBe('5');
  });
});
