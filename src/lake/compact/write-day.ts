import { mkdirSync } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Column } from '../columns';
import { CompactionFailed } from '../errors';
import { partitionOf } from '../partition';
import { type Database, duckdbType, literal, quoted } from './database';
import { COMPACTED, DRAFT } from './list';
import { type ClassUid, COLUMNS } from './read-lines';

/** Rows of events carry the whole event: small groups keep what is in memory at once small. */
const ROW_GROUP = 20_000;

/** What a day is made of: SQL over Parquet, older first, and a file of lines. */
export interface DaySources {
  readonly classUid: ClassUid;
  readonly day: string;
  readonly parquet: readonly string[];
  readonly lines?: string;
}

export interface WrittenDay {
  readonly rows: number;
  /** Copies of rows that were left out. */
  readonly duplicates: number;
  readonly bytes: number;
  readonly file: string;
}

/**
 * Writes the one file of a day: deduplicated by `metadata.uid` (the latest stays, of equals the one
 * read last), sorted by time, Parquet with zstd. Written aside, read again, then renamed: readers
 * see the earlier file or this one.
 * @throws CompactionFailed where the file read again has another number of rows.
 */
export async function writeDay(
  database: Database,
  out: string,
  sources: DaySources,
): Promise<WrittenDay> {
  const { classUid, day } = sources;
  const folder = path.join(out, partitionOf(classUid, day));
  mkdirSync(folder, { recursive: true });
  const draft = path.join(folder, DRAFT);
  const file = path.join(folder, COMPACTED);
  const columns: { readonly [name: string]: Column } = COLUMNS[classUid];
  try {
    await gather(database, sources, columns);
    const read = await count(database, 'SELECT * FROM gathered');
    await database.run(
      `COPY (SELECT ${Object.keys(columns).map(quoted).join(', ')} FROM gathered WHERE rowid IN (
         SELECT arg_max(rowid, {'time': "time", 'row': rowid}) FROM gathered GROUP BY metadata.uid)
         ORDER BY "time", metadata.uid)
       TO ${literal(draft)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${ROW_GROUP})`,
    );
    const distinct = await count(database, 'SELECT DISTINCT metadata.uid FROM gathered');
    const rows = await count(database, `SELECT * FROM read_parquet(${literal(draft)})`);
    if (rows !== distinct)
      throw new CompactionFailed(`${file}: ${rows} rows were written, ${distinct} were to be`);
    const { size } = await stat(draft);
    await synced(draft);
    await rename(draft, file);
    return { rows, duplicates: read - rows, bytes: size, file };
  } finally {
    await database.run('DROP TABLE IF EXISTS gathered');
    await rm(draft, { force: true });
  }
}

async function gather(
  database: Database,
  { parquet, lines }: DaySources,
  columns: { readonly [name: string]: Column },
): Promise<void> {
  const typed = Object.entries(columns).map(
    ([name, column]) => [name, duckdbType(column)] as const,
  );
  const table = typed.map(([name, type]) => `${quoted(name)} ${type}`).join(', ');
  await database.run(`CREATE OR REPLACE TABLE gathered (${table})`);
  for (const rows of parquet) await database.run(`INSERT INTO gathered BY NAME ${rows}`);
  if (lines === undefined) return;
  const schema = typed.map(([name, type]) => `${literal(name)}: ${literal(type)}`).join(', ');
  await database.run(
    `INSERT INTO gathered BY NAME SELECT * FROM read_json(${literal(lines)},
       format = 'newline_delimited', columns = {${schema}}, hive_partitioning = false)`,
  );
}

async function count(database: Database, rows: string): Promise<number> {
  const [found] = await database.rows(`SELECT count(*) AS rows FROM (${rows})`);
  return Number(found?.rows);
}

/** On disk before it takes the place of what it was made from. */
async function synced(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
