import { DuckDBInstance, type DuckDBType } from '@duckdb/node-api';
import type { Column } from '../columns';

/** A DuckDB that reaches no network and works beside the data: what it holds in memory is bounded. */
export async function openDatabase(options: {
  /** A folder of its own, for what does not fit in memory. */
  readonly folder: string;
  /** E.g. `1GB`: of the buffer manager; the process takes some more. */
  readonly memory: string;
}) {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: options.memory,
    temp_directory: `${options.folder}/spill`,
    threads: '2',
  });
  const connection = await instance.connect();
  await connection.run('SET lock_configuration = true');
  return {
    run: async (sql: string): Promise<void> => {
      await connection.run(sql);
    },
    /** The rows, 64-bit numbers as text. */
    rows: async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson(),
    /** Names and types of a query's columns. */
    columns: async (sql: string): Promise<readonly (readonly [string, DuckDBType])[]> => {
      const prepared = await connection.runAndReadAll(`SELECT * FROM (${sql}) LIMIT 0`);
      const types = prepared.columnTypes();
      return prepared.columnNames().map((name, i) => [name, types[i] as DuckDBType] as const);
    },
    close: (): void => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

export type Database = Awaited<ReturnType<typeof openDatabase>>;

/** A name in SQL. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A text in SQL. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const SCALARS = { string: 'VARCHAR', boolean: 'BOOLEAN', int: 'INTEGER', bigint: 'BIGINT' };

export function duckdbType(column: Column): string {
  if (typeof column === 'string') return SCALARS[column];
  if ('array' in column) return `${duckdbType(column.array)}[]`;
  const fields = Object.entries(column.struct).map(
    ([name, type]) => `${quoted(name)} ${duckdbType(type)}`,
  );
  return `STRUCT(${fields.join(', ')})`;
}
