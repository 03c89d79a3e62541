import { DuckDBInstance } from '@duckdb/node-api';

/** Asks the database; a row is an object of its columns. */
export type Ask = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

export interface Database {
  readonly ask: Ask;
  close(): void;
}

/** What DuckDB may keep in memory; beside it stand Node.js and DuckDB's own buffers. */
const MEMORY = '1200MB';

/**
 * A database in memory that reaches files below the given folders and nothing else: no network, no
 * extension is ever fetched. `spill` is where it puts what does not fit in memory.
 */
export async function openDatabase(folders: readonly string[], spill: string): Promise<Database> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: MEMORY,
    temp_directory: spill,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'false',
  });
  const connection = await instance.connect();
  // A report asks some twenty questions of the same files: their footers are read once.
  await connection.run('SET parquet_metadata_cache = true');
  const allowed = folders.map((folder) => `'${folder.replaceAll("'", "''")}'`).join(', ');
  await connection.run(`SET allowed_directories = [${allowed}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
  return {
    ask: async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJS(),
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
