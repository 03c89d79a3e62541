import { DECISION_COLUMNS, EVENT_COLUMNS } from './columns';
import { DECISION_CLASS, EVENT_CLASS } from './rows';

/**
 * Questions to the lake in the part of SQL that Trino (Athena) and DuckDB have in common, run over
 * the tables `decisions` and `events`. Each takes two parameters: the first and the last day,
 * `YYYYMMDD`. Rows that were delivered twice are counted once.
 */
export interface SavedQuery {
  readonly name: string;
  readonly description: string;
  readonly sql: string;
}

const TABLES = {
  decisions: { columns: DECISION_COLUMNS, classUid: DECISION_CLASS },
  events: { columns: EVENT_COLUMNS, classUid: EVENT_CLASS },
} as const;

type Table = keyof typeof TABLES;

const columnsOf = (table: Table): string =>
  [...Object.keys(TABLES[table].columns), 'event_day'].map((name) => `"${name}"`).join(', ');

/** A table with each row once: of equal uids the latest. */
const once = (table: Table, where = ''): string =>
  `SELECT ${columnsOf(table)} FROM (
    SELECT *, row_number() OVER (PARTITION BY metadata.uid ORDER BY "time" DESC) AS copy
    FROM ${table}${where}
  ) AS copies WHERE copy = 1`;

/** Views over the whole lake; scan what they scan: filter by `event_day` where it is large. */
export const DEDUPLICATED_VIEWS: readonly SavedQuery[] = (['decisions', 'events'] as const).map(
  (table) => ({
    name: `${table}_once`,
    description: `Makes the view of ${table} with each row once.`,
    sql: `CREATE OR REPLACE VIEW ${table}_once AS ${once(table)}`,
  }),
);

const PERIOD = ' WHERE event_day BETWEEN ? AND ?';

const query = (name: string, description: string, select: string): SavedQuery => ({
  name,
  description,
  sql: `WITH decisions_once AS (${once('decisions', PERIOD)})\n${select}`,
});

export const SAVED_QUERIES: readonly SavedQuery[] = [
  query(
    'outcomes',
    'Decisions by account, guardrail and outcome.',
    `SELECT cloud.account.uid AS account, compliance.control AS guardrail,
  unmapped.outcome AS outcome, count(*) AS decisions
FROM decisions_once
GROUP BY cloud.account.uid, compliance.control, unmapped.outcome
ORDER BY 1, 2, 3`,
  ),
  query(
    'open_violations',
    'Resources whose latest judgement of a guardrail is a violation that still stands.',
    `SELECT cloud.account.uid AS account, compliance.control AS guardrail,
  finding_info.uid_alt AS finding, severity, unmapped.outcome AS outcome, message,
  time_dt AS since
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY finding_info.uid_alt ORDER BY "time" DESC, metadata.uid DESC) AS nth
  FROM decisions_once
) AS judged
WHERE nth = 1 AND compliance.status_id = 3
ORDER BY severity_id DESC, "time", metadata.uid`,
  ),
  query(
    'time_to_repair',
    'Seconds from call to receipt and from call to record of what was repaired, by guardrail.',
    `SELECT compliance.control AS guardrail, count(*) AS repairs,
  approx_percentile((unmapped."at".received - unmapped."at".called) / 1000.0, 0.5) AS detect_p50,
  approx_percentile((unmapped."at".recorded - unmapped."at".called) / 1000.0, 0.5) AS repair_p50,
  approx_percentile((unmapped."at".recorded - unmapped."at".called) / 1000.0, 0.9) AS repair_p90,
  approx_percentile((unmapped."at".recorded - unmapped."at".called) / 1000.0, 0.99) AS repair_p99
FROM decisions_once
WHERE unmapped.outcome = 'repaired' AND unmapped."at".called IS NOT NULL
GROUP BY compliance.control
ORDER BY 1`,
  ),
  query(
    'requirements',
    'Passes and failures by the requirements of the frameworks.',
    `SELECT requirement,
  count(*) FILTER (WHERE compliance.status_id = 1) AS passed,
  count(*) FILTER (WHERE compliance.status_id = 2) AS undetermined,
  count(*) FILTER (WHERE compliance.status_id = 3) AS failed
FROM decisions_once CROSS JOIN UNNEST(compliance.requirements) AS t(requirement)
GROUP BY requirement
ORDER BY requirement`,
  ),
  {
    name: 'callers',
    description: 'Who made the calls that violated, most first.',
    sql: `WITH decisions_once AS (${once('decisions', PERIOD)})
SELECT calls.actor."user".uid AS caller, calls.cloud.account.uid AS account,
  count(DISTINCT decided.metadata.uid) AS violations
FROM decisions_once AS decided
JOIN events AS calls ON calls.metadata.correlation_uid = decided.metadata.correlation_uid
  AND calls.cloud.account.uid = decided.cloud.account.uid
WHERE decided.unmapped.verdict = 'violates'
GROUP BY calls.actor."user".uid, calls.cloud.account.uid
ORDER BY 3 DESC, 1, 2`,
  },
  query(
    'days',
    'Decisions a day: a day that is missing has none, or its data is missing.',
    `SELECT event_day, count(*) AS decisions, max(time_dt) AS latest
FROM decisions_once
GROUP BY event_day
ORDER BY event_day`,
  ),
];

/** What Trino calls otherwise, for DuckDB. Percentiles are exact there, approximate in Athena. */
export const DUCKDB_MACROS: readonly string[] = [
  'CREATE OR REPLACE MACRO approx_percentile(x, p) AS quantile_disc(x, p)',
];

/** The tables over a folder with compacted files, for DuckDB. */
export const duckdbTables = (folder: string): readonly string[] =>
  (['decisions', 'events'] as const).map((table) => {
    const files = `${folder}/class=${TABLES[table].classUid}/*/compacted.parquet`;
    return `CREATE OR REPLACE VIEW ${table} AS SELECT * FROM read_parquet('${files.replaceAll("'", "''")}',
      hive_partitioning = true, hive_types = {'event_day': VARCHAR, 'class': INTEGER})`;
  });
