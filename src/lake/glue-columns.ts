import { type Column, DECISION_COLUMNS, EVENT_COLUMNS } from './columns';
import { DECISION_CLASS, EVENT_CLASS } from './rows';

/** A column as a Glue table has it. */
export interface GlueColumn {
  readonly name: string;
  /** Hive's type, e.g. `struct<uid:string,name:string>`. */
  readonly type: string;
}

export function hiveType(column: Column): string {
  if (typeof column === 'string') return column;
  if ('array' in column) return `array<${hiveType(column.array)}>`;
  const fields = Object.entries(column.struct).map(([name, type]) => `${name}:${hiveType(type)}`);
  return `struct<${fields.join(',')}>`;
}

const glueColumns = (columns: { readonly [name: string]: Column }): readonly GlueColumn[] =>
  Object.entries(columns).map(([name, column]) => ({ name, type: hiveType(column) }));

/** Both tables over NDJSON and Parquet alike; `event_day` is the partition, projected. */
export const GLUE_TABLES = [
  { name: 'decisions', classUid: DECISION_CLASS, columns: glueColumns(DECISION_COLUMNS) },
  { name: 'events', classUid: EVENT_CLASS, columns: glueColumns(EVENT_COLUMNS) },
] as const;
