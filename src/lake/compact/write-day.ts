import { mkdirSync } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Column } from '../columns';
import { CompactionFailed } from '../errors';
import { partitionOf } from '../partition';
import { type Database, duckdbType, literal, quoted } from './database';
import { COMPACTED, DRAFT } from './list';
import { NTH } from './parquet';
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
 * read last), in the order of reading, Parquet with zstd. Written aside, read again, then renamed:
 * readers see the earlier file or this one. Rows pass through without being gathered: memory holds
 * their uids, not the rows.
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
  const gathered = allOf(sources, columns);
  try {
    const { read, distinct } = await findCopies(database, gathered);
    const kept = read === distinct ? '' : `WHERE ${NTH} NOT IN (SELECT nth FROM copies)`;
    await database.run(
      `COPY (SELECT ${Object.keys(columns).map(quoted).join(', ')} FROM (${gathered}) ${kept})
       TO ${literal(draft)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${ROW_GROUP})`,
    );
    const rows = await count(database, `SELECT * FROM read_parquet(${literal(draft)})`);
    if (rows !== distinct)
      throw new CompactionFailed(`${file}: ${rows} rows were written, ${distinct} were to be`);
    const { size } = await stat(draft);
    await synced(draft);
    await rename(draft, file);
    return { rows, duplicates: read - rows, bytes: size, file };
  } finally {
    await rm(draft, { force: true });
  }
}

/** Numbers of one source are below this, so that those of all sources are one sequence. */
const SOURCE = 2 ** 40;

/** All rows with their numbers, as SQL: the sources in order, the lines last. */
function allOf(
  { parquet, lines }: DaySources,
  columns: { readonly [name: string]: Column },
): string {
  const schema = Object.entries(columns).map(
    ([name, column]) => `${literal(name)}: ${literal(duckdbType(column))}`,
  );
  const all = [
    ...parquet,
    ...(lines === undefined
      ? []
      : [
          `SELECT * FROM read_json(${literal(lines)}, format = 'newline_delimited',
             columns = {${schema.join(', ')}, ${literal('_nth')}: 'BIGINT'},
             hive_partitioning = false)`,
        ]),
  ];
  return all
    .map((rows, i) => `SELECT * REPLACE (${NTH} + ${i * SOURCE} AS ${NTH}) FROM (${rows})`)
    .join(' UNION ALL BY NAME ');
}

/** Puts the numbers of the rows that another row of the same uid beats into the table `copies`. */
async function findCopies(
  database: Database,
  gathered: string,
): Promise<{ readonly read: number; readonly distinct: number }> {
  await database.run(
    `CREATE OR REPLACE TEMP TABLE keys AS
       SELECT metadata.uid AS uid, "time" AS moment, ${NTH} AS nth FROM (${gathered})`,
  );
  await database.run(
    `CREATE OR REPLACE TEMP TABLE copies AS
       SELECT nth FROM keys JOIN (
         SELECT uid, arg_max(nth, {'moment': moment, 'nth': nth}) AS latest FROM keys
         GROUP BY uid HAVING count(*) > 1) AS doubled USING (uid)
       WHERE nth <> latest`,
  );
  const read = await count(database, 'SELECT * FROM keys');
  return { read, distinct: read - (await count(database, 'SELECT * FROM copies')) };
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
