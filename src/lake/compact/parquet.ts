import { DuckDBListType, DuckDBStructType, type DuckDBType } from '@duckdb/node-api';
import type { Column } from '../columns';
import { type Database, duckdbType, literal, quoted } from './database';
import { type ClassUid, COLUMNS } from './read-lines';

/** Where a row stands in its source, from 0: which of two copies was read last. */
export const NTH = '"_nth"';

/** `YYYYMMDD` of a row, in SQL. */
const DAY = `strftime(make_timestamp("time" * 1000), '%Y%m%d')`;

/** A row that can be filed and told from its copies, in SQL. */
const isRow = (classUid: ClassUid): string =>
  `("class_uid" = ${classUid} AND "time" >= 0 AND "time" < 253370764800000
    AND coalesce("metadata"."uid", '') <> '')`;

/** The rows of a Parquet file with their number, each column cast to what it is now, or null. */
function selection(file: string, classUid: ClassUid, has: ReadonlySet<string>): string {
  const columns = Object.entries(COLUMNS[classUid]).map(
    ([name, column]: [string, Column]) =>
      `CAST(${has.has(name) ? quoted(name) : 'NULL'} AS ${duckdbType(column)}) AS ${quoted(name)}`,
  );
  const from = `read_parquet(${literal(file)}, hive_partitioning = false, file_row_number = true)`;
  return `SELECT ${columns.join(', ')}, file_row_number AS ${NTH} FROM ${from}`;
}

export type ReadParquet =
  | {
      readonly kind: 'rows';
      /** Days and how many rows of each. */
      readonly days: ReadonlyMap<string, number>;
      /** Rows that are none. */
      readonly strange: number;
      /** SQL of the rows of one day. */
      readonly ofDay: (day: string) => string;
    }
  | { readonly kind: 'bad'; readonly reason: string };

/** Looks a Parquet file over, every page of it: one that is cut off or has other columns is bad. */
export async function readParquet(
  database: Database,
  file: string,
  classUid: ClassUid,
): Promise<ReadParquet> {
  try {
    const from = `SELECT * FROM read_parquet(${literal(file)}, hive_partitioning = false)`;
    const found = await database.columns(from);
    const columns: { readonly [name: string]: Column } = COLUMNS[classUid];
    const strangers = found.flatMap(([name, type]) => [...strangersIn(type, columns[name], name)]);
    if (strangers.length > 0)
      return { kind: 'bad', reason: `columns that are not the lake's: ${strangers.join(', ')}` };
    const rows = selection(file, classUid, new Set(found.map(([name]) => name)));
    // The hash reads every column: a damaged page is found now, not when the day is written.
    const counted = await database.rows(
      `SELECT day, count(*) AS rows, bit_xor(digest) AS digest FROM (
         SELECT CASE WHEN ${isRow(classUid)} THEN ${DAY} END AS day, hash(r) AS digest
         FROM (${rows}) AS r) GROUP BY day ORDER BY day`,
    );
    const days = new Map<string, number>();
    let strange = 0;
    for (const { day, rows: count } of counted) {
      if (typeof day === 'string') days.set(day, Number(count));
      else strange += Number(count);
    }
    const ofDay = (day: string): string =>
      `SELECT * FROM (${rows}) WHERE ${isRow(classUid)} AND ${DAY} = ${literal(day)}`;
    return { kind: 'rows', days, strange, ofDay };
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { kind: 'bad', reason };
  }
}

const SCALARS = { string: 'VARCHAR', boolean: 'BOOLEAN', int: 'INTEGER', bigint: 'BIGINT' };

/** Names of what the lake has no column for, or one of another type. What is missing is null. */
function* strangersIn(
  type: DuckDBType,
  column: Column | undefined,
  path: string,
): Generator<string> {
  if (column === undefined) yield path;
  else if (typeof column === 'string') {
    if (type.toString() !== SCALARS[column]) yield path;
  } else if ('array' in column) {
    if (type instanceof DuckDBListType)
      yield* strangersIn(type.valueType, column.array, `${path}[]`);
    else yield path;
  } else if (type instanceof DuckDBStructType)
    for (const [i, name] of type.entryNames.entries())
      yield* strangersIn(type.entryTypes[i] as DuckDBType, column.struct[name], `${path}.${name}`);
  else yield path;
}
