import { at, isObject, type Json } from '#core';

/** What the report reads of a row: the same column from NDJSON and from Parquet. */
export interface Column {
  readonly name: string;
  /** Keys from the row inwards; 0 is the first of a list. */
  readonly path: readonly (string | 0)[];
  /** `texts`: a list of texts. `json`: anything, kept as JSON text. */
  readonly type: 'text' | 'number' | 'texts' | 'json';
  readonly isRequired?: true;
}

/**
 * The columns of a decision (OCSF class 2003, src/lake/compliance-finding.ts). Moments are epoch milliseconds. Of
 * what a row says in two places that one is read which lies in no struct that also holds a list:
 * DuckDB hands on its dictionary from Parquet, and counts by it some times as fast.
 */
export const DECISION_COLUMNS = [
  { name: 'uid', path: ['metadata', 'uid'], type: 'text', isRequired: true },
  { name: 'moment', path: ['time'], type: 'number', isRequired: true },
  { name: 'guardrail', path: ['finding_info', 'analytic', 'uid'], type: 'text', isRequired: true },
  { name: 'account', path: ['cloud', 'account', 'uid'], type: 'text', isRequired: true },
  { name: 'outcome', path: ['status_code'], type: 'text', isRequired: true },
  // The other places, by which a row is found that contradicts itself.
  { name: 'control', path: ['compliance', 'control'], type: 'text', isRequired: true },
  { name: 'came', path: ['unmapped', 'outcome'], type: 'text', isRequired: true },
  { name: 'verdict', path: ['unmapped', 'verdict'], type: 'text', isRequired: true },
  // Guardrail, space, resource: one text is read and grouped much faster than the resource's list.
  { name: 'finding', path: ['finding_info', 'uid_alt'], type: 'text', isRequired: true },
  { name: 'resource', path: ['resources', 0, 'uid'], type: 'text', isRequired: true },
  { name: 'resource_type', path: ['resources', 0, 'type'], type: 'text' },
  { name: 'organization', path: ['cloud', 'org', 'uid'], type: 'text' },
  { name: 'unit', path: ['cloud', 'org', 'ou_name'], type: 'text' },
  { name: 'account_name', path: ['cloud', 'account', 'name'], type: 'text' },
  { name: 'region', path: ['cloud', 'region'], type: 'text' },
  { name: 'title', path: ['finding_info', 'title'], type: 'text' },
  { name: 'severity', path: ['severity_id'], type: 'number' },
  { name: 'version', path: ['unmapped', 'guardrail_version'], type: 'number' },
  { name: 'reason', path: ['compliance', 'status_details', 0], type: 'text' },
  { name: 'because', path: ['unmapped', 'because'], type: 'text' },
  { name: 'mode', path: ['unmapped', 'mode'], type: 'text' },
  { name: 'mode_from', path: ['unmapped', 'mode_from'], type: 'text' },
  { name: 'cause', path: ['unmapped', 'cause'], type: 'text' },
  { name: 'cause_uid', path: ['unmapped', 'cause_uid'], type: 'text' },
  { name: 'follows', path: ['unmapped', 'follows'], type: 'text' },
  { name: 'planned', path: ['unmapped', 'planned'], type: 'texts' },
  { name: 'called', path: ['unmapped', 'at', 'called'], type: 'number' },
  { name: 'received', path: ['unmapped', 'at', 'received'], type: 'number' },
  { name: 'looked', path: ['unmapped', 'at', 'looked'], type: 'number' },
  { name: 'acted', path: ['unmapped', 'at', 'acted'], type: 'number' },
  { name: 'body_sha256', path: ['unmapped', 'body', 'sha256'], type: 'text' },
  { name: 'event_sha256', path: ['unmapped', 'event', 'sha256'], type: 'text' },
  { name: 'evidences', path: ['evidences'], type: 'json' },
] as const satisfies readonly Column[];

/** The columns of an API call (OCSF class 6003). */
export const EVENT_COLUMNS = [
  { name: 'uid', path: ['metadata', 'uid'], type: 'text', isRequired: true },
  { name: 'moment', path: ['time'], type: 'number', isRequired: true },
  { name: 'account', path: ['cloud', 'account', 'uid'], type: 'text', isRequired: true },
  // CloudTrail's eventID: a decision's cause_uid. Caller and owner get a row each with the same one.
  { name: 'event_id', path: ['metadata', 'original_event_uid'], type: 'text' },
  { name: 'source', path: ['api', 'service', 'name'], type: 'text' },
  { name: 'operation', path: ['api', 'operation'], type: 'text' },
  { name: 'status', path: ['status_id'], type: 'number' },
] as const satisfies readonly Column[];

/** A class of rows: its OCSF number, the table they are read into, its columns. */
export interface RowClass {
  readonly classUid: number;
  readonly table: 'decisions' | 'events';
  readonly columns: readonly Column[];
}

export const ROW_CLASSES: readonly RowClass[] = [
  { classUid: 2003, table: 'decisions', columns: DECISION_COLUMNS },
  { classUid: 6003, table: 'events', columns: EVENT_COLUMNS },
];

export const SQL_TYPES = {
  text: 'VARCHAR',
  number: 'BIGINT',
  texts: 'VARCHAR[]',
  json: 'VARCHAR',
} as const satisfies Record<Column['type'], string>;

/** A row's columns, or why it is no row of that class. */
export function columnsOf(
  row: Json,
  { classUid, columns }: RowClass,
): { readonly values: Readonly<Record<string, Json>> } | { readonly wrong: string } {
  if (!isObject(row)) return { wrong: 'not a JSON object' };
  if (row.class_uid !== classUid) return { wrong: `class_uid is not ${classUid}` };
  const values: Record<string, Json> = {};
  for (const { name, path, type, ...column } of columns) {
    const value = valueAt(row, path);
    const isAbsent = value === undefined || value === null;
    if (isAbsent && 'isRequired' in column) return { wrong: `${path.join('.')} is missing` };
    if (isAbsent) continue;
    if (!isOf(type, value)) return { wrong: `${path.join('.')} is no ${type}` };
    values[name] = type === 'json' ? JSON.stringify(value) : value;
  }
  return { values };
}

function valueAt(row: Json, path: Column['path']): Json | undefined {
  let here: Json | undefined = row;
  for (const key of path) {
    if (key === 0) here = Array.isArray(here) ? here[0] : undefined;
    else here = at(here, key);
  }
  return here;
}

function isOf(type: Column['type'], value: Json): boolean {
  if (type === 'text') return typeof value === 'string';
  if (type === 'number') return Number.isSafeInteger(value);
  if (type === 'texts')
    return Array.isArray(value) && value.every((one) => typeof one === 'string');
  return true;
}
