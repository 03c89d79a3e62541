import type { Column } from './columns';
import type { Ask } from './database';
import type { LakeObject } from './objects';
import type { Problem } from './problem';

/** Parquet objects whose columns are alike, and how each column is read from them. */
export interface ParquetGroup {
  readonly objects: readonly LakeObject[];
  /** In the order of the class's columns. */
  readonly expressions: readonly string[];
}

/** A node of a Parquet schema. */
interface Node {
  readonly name: string;
  readonly type: string | null;
  readonly children: readonly Node[];
}

export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const name = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Sorts objects by what their schemas hold; those that cannot be a part of the lake are problems. */
export async function parquetGroups(
  ask: Ask,
  objects: readonly LakeObject[],
): Promise<{ readonly groups: readonly ParquetGroup[]; readonly problems: readonly Problem[] }> {
  const { schemas, problems } = await schemasOf(ask, objects);
  const wrong: Problem[] = [...problems];
  const groups = new Map<string, ParquetGroup>();
  for (const object of objects) {
    const schema = schemas.get(object.file);
    if (!schema) continue;
    const read = expressionsOf(schema, object.rowClass.columns);
    if ('wrong' in read)
      wrong.push({ object: object.name, kind: 'foreign', count: 1, what: read.wrong });
    else {
      const key = JSON.stringify(read.expressions);
      const group = groups.get(key) ?? { objects: [], expressions: read.expressions };
      groups.set(key, { ...group, objects: [...group.objects, object] });
    }
  }
  return { groups: [...groups.values()], problems: wrong };
}

async function schemasOf(ask: Ask, objects: readonly LakeObject[]) {
  const schemas = new Map<string, Node>();
  const problems: Problem[] = [];
  const read = async (some: readonly LakeObject[]) => {
    const rows = await ask(
      `SELECT file_name, name, type, num_children FROM parquet_schema([${some.map(({ file }) => quoted(file)).join(', ')}])`,
    );
    const byFile = grouped(rows);
    for (const [file, nodes] of byFile) schemas.set(file, treeOf(nodes));
  };
  try {
    if (objects.length > 0) await read(objects);
  } catch {
    // One object that is no Parquet fails the question for all: then each is asked alone.
    for (const object of objects)
      await read([object]).catch(() =>
        problems.push({
          object: object.name,
          kind: 'half-written',
          count: 1,
          what: 'is no whole Parquet file',
        }),
      );
  }
  return { schemas, problems };
}

type SchemaRow = Readonly<Record<string, unknown>>;

function grouped(rows: readonly SchemaRow[]): ReadonlyMap<string, readonly SchemaRow[]> {
  const groups = new Map<string, SchemaRow[]>();
  for (const row of rows) {
    const file = String(row.file_name);
    const group = groups.get(file) ?? [];
    group.push(row);
    groups.set(file, group);
  }
  return groups;
}

/** A schema comes as a list in which each node is followed by its children. */
function treeOf(rows: readonly SchemaRow[]): Node {
  let next = 0;
  const take = (): Node => {
    const row = rows[next++];
    const count = Number(row?.num_children ?? 0);
    const type = row?.type ?? null;
    return {
      name: String(row?.name),
      type: type === null ? null : String(type),
      children: Array.from({ length: count }, take),
    };
  };
  return take();
}

function expressionsOf(
  schema: Node,
  columns: readonly Column[],
): { readonly expressions: readonly string[] } | { readonly wrong: string } {
  const classUid = nodeAt(schema, ['class_uid']);
  if (!classUid) return { wrong: 'class_uid is missing' };
  const expressions: string[] = [];
  for (const column of columns) {
    const node = nodeAt(schema, column.path);
    if (!node && column.isRequired) return { wrong: `${column.path.join('.')} is missing` };
    if (node && !isOf(column.type, node))
      return { wrong: `${column.path.join('.')} is no ${column.type}` };
    expressions.push(node ? expressionOf(column) : 'NULL');
  }
  return { expressions };
}

function nodeAt(schema: Node, path: Column['path']): Node | undefined {
  let here: Node | undefined = schema;
  // A list is a group of a repeated group of its elements.
  for (const key of path)
    here =
      key === 0
        ? here?.children[0]?.children[0]
        : here?.children.find((child) => child.name === key);
  return here;
}

function isOf(type: Column['type'], { type: physical, children }: Node): boolean {
  if (type === 'text') return physical === 'BYTE_ARRAY';
  if (type === 'number') return physical === 'INT64' || physical === 'INT32';
  if (type === 'texts') return children[0]?.children[0]?.type === 'BYTE_ARRAY';
  return true;
}

function expressionOf({ path, type }: Column): string {
  const [first, ...rest] = path;
  const value = rest.reduce(
    (text: string, key) => (key === 0 ? `${text}[1]` : `${text}.${name(key)}`),
    name(String(first)),
  );
  if (type === 'json') return `CAST(to_json(${value}) AS VARCHAR)`;
  return type === 'number' ? `CAST(${value} AS BIGINT)` : value;
}
