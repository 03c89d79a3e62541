import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { type RowClass, SQL_TYPES } from './columns';
import type { Ask } from './database';
import { readNdjson } from './ndjson';
import type { LakeObject } from './objects';
import { type ParquetGroup, quoted } from './parquet';
import type { Problem } from './problem';

/** Writes the rows of all NDJSON objects, as columns, into one file of our own. */
export async function flatten({
  rowClass,
  objects,
  own,
}: {
  readonly rowClass: RowClass;
  readonly objects: readonly LakeObject[];
  /** A folder of our own. */
  readonly own: string;
}) {
  const file = path.join(own, `${rowClass.table}.ndjson`);
  const out = createWriteStream(file);
  const problems: Problem[] = [];
  for (const object of objects.filter(({ format }) => format !== 'parquet')) {
    const batch: string[] = [];
    const taken = await readNdjson(object, (values) => {
      batch.push(`${JSON.stringify({ ...values, object: object.file })}\n`);
      if (batch.length === 1000) out.write(batch.splice(0).join(''));
    });
    out.write(batch.join(''));
    problems.push(...taken);
  }
  out.end();
  await finished(out);
  return { file, problems };
}

/** The rows of that file. */
export function linesSql({ columns }: RowClass, file: string): string {
  const types = [...columns, { name: 'object', type: 'text' as const }].map(
    ({ name, type }) => `${name}: '${SQL_TYPES[type]}'`,
  );
  return `SELECT ${columns.map(({ name }) => name).join(', ')}, object
    FROM read_json(${quoted(file)}, format = 'newline_delimited', maximum_object_size = 33554432, columns = {${types.join(', ')}})`;
}

/** The rows of Parquet objects whose columns are alike. */
export function groupSql({ objects, expressions }: ParquetGroup, names: readonly string[]): string {
  const columns = expressions.map((expression, i) => `${expression} AS ${names[i]}`);
  const files = objects.map(({ file }) => quoted(file)).join(', ');
  return `SELECT ${columns.join(', ')}, filename AS object
    FROM read_parquet([${files}], hive_partitioning = false, filename = true)`;
}

/** The rows of several groups; no rows where there are none. */
export function solidSql(groups: readonly ParquetGroup[], { columns }: RowClass): string {
  const names = columns.map(({ name }) => name);
  if (groups.length > 0) return groups.map((group) => groupSql(group, names)).join(' UNION ALL ');
  const nothing = columns.map(({ name, type }) => `CAST(NULL AS ${SQL_TYPES[type]}) AS ${name}`);
  return `SELECT ${nothing.join(', ')}, CAST(NULL AS VARCHAR) AS object WHERE false`;
}

/** Objects whose schema is right but whose data cannot be read. */
export async function brokenOf(
  ask: Ask,
  groups: readonly ParquetGroup[],
  names: readonly string[],
): Promise<readonly Problem[]> {
  const broken: Problem[] = [];
  for (const { objects, expressions } of groups)
    for (const object of objects)
      await ask(
        `SELECT max(hash(COLUMNS(*))) FROM (${groupSql({ objects: [object], expressions }, names)})`,
      ).catch(() => {
        const what = 'its data cannot be read';
        broken.push({ object: object.name, kind: 'half-written', count: 1, what });
      });
  return broken;
}
