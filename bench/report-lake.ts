import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** How large the lake is that the benchmark asks. */
export interface LakeSize {
  readonly rows: number;
  readonly accounts: number;
  readonly guardrails: number;
  readonly days: number;
}

/** The first day of the lake. */
export const FIRST_DAY = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;

/** Seven decisions in ten comply; the rest are spread over what can come of a violation. */
const OUTCOME = `CASE
  WHEN r % 100 < 70 THEN 'nothing' WHEN r % 100 < 84 THEN 'repaired' WHEN r % 100 < 92 THEN 'shadowed'
  WHEN r % 100 < 95 THEN 'observed' WHEN r % 100 < 96 THEN 'waived' WHEN r % 100 < 97 THEN 'partly'
  WHEN r % 100 < 98 THEN 'failed' WHEN r % 100 < 99 THEN 'held' ELSE 'undetermined' END`;

/**
 * Writes a lake of decisions as `parapet lake compact` leaves it: Parquet, zstd, one file a day.
 * DuckDB makes the rows itself; the same size gives the same rows.
 */
export async function writeBenchLake(folder: string, size: LakeSize): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const perDay = Math.floor(size.rows / size.days);
  for (let day = 0; day < size.days; day += 1) {
    const start = FIRST_DAY + day * DAY_MS;
    const name = new Date(start).toISOString().slice(0, 10).replaceAll('-', '');
    const part = path.join(folder, 'class=2003', `event_day=${name}`);
    mkdirSync(part, { recursive: true });
    await connection.run(`COPY (${rowsOf(size, start, day * perDay, perDay)})
      TO '${path.join(part, 'compacted.parquet')}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20000)`);
  }
  connection.closeSync();
  instance.closeSync();
}

function rowsOf(size: LakeSize, start: number, first: number, count: number): string {
  const { accounts, guardrails } = size;
  return `
WITH made AS (
  SELECT i, hash(i) AS h, hash(i, 7) AS r, CAST(hash(i, 3) % ${accounts} AS INTEGER) AS a,
    CAST(hash(i, 5) % ${guardrails} AS INTEGER) AS g
  FROM range(${first}, ${first + count}) AS t(i)
), judged AS (
  SELECT *, ${OUTCOME} AS outcome,
    CAST(${start} + (i - ${first}) * ${DAY_MS} // ${count} AS BIGINT) AS called,
    'd-' || substr(sha256(CAST(i AS VARCHAR)), 1, 40) AS id,
    'bench.guardrail-' || g AS guardrail,
    'arn:aws:s3:::bench-' || a || '-' || (h % 50) AS arn,
    CAST(100000000000 + a AS VARCHAR) AS account,
    CAST(800 + (r // 100) % 9000 AS BIGINT) AS delay
  FROM made
)
SELECT 1 AS activity_id, 'Create' AS activity_name, 2 AS category_uid, 'Findings' AS category_name,
  2003 AS class_uid, 'Compliance Finding' AS class_name, 200301 AS type_uid,
  'Compliance Finding: Create' AS type_name, 2 + g % 4 AS severity_id,
  ['Low', 'Medium', 'High', 'Critical'][1 + g % 4] AS severity,
  called + delay + 900 AS "time",
  strftime(make_timestamp((called + delay + 900) * 1000), '%Y-%m-%dT%H:%M:%S.%gZ') AS time_dt,
  1 AS status_id, 'New' AS status, outcome AS status_code, 3 AS action_id, 'Observed' AS action,
  15 AS disposition_id, 'Detected' AS disposition, outcome <> 'nothing' AS is_alert,
  'Benchmark guardrail ' || g || ': the bucket is public' AS message,
  {uid: id, version: '1.8.0', product: {name: 'Parapet', vendor_name: 'Parapet'},
   profiles: ['cloud', 'datetime', 'security_control'], correlation_uid: md5(CAST(i AS VARCHAR)),
   original_event_uid: id, tenant_uid: 'o-benchmark01'} AS metadata,
  {provider: 'AWS', region: ['eu-west-1', 'us-east-1'][1 + a % 2],
   account: {uid: account, name: 'account-' || a},
   org: {uid: 'o-benchmark01', ou_name: '/Unit ' || (a % 12) || '/Team ' || (a % 40)}} AS cloud,
  {uid: id, uid_alt: guardrail || ' ' || arn, title: 'Benchmark guardrail ' || g,
   product: {name: 'Parapet', vendor_name: 'Parapet'},
   analytic: {uid: guardrail, name: 'Benchmark guardrail ' || g, type_id: 1, version: '1'}
  } AS finding_info,
  {control: guardrail, standards: ['cis-5.0'], requirements: ['cis-5.0:2.1.4'],
   status_id: CASE WHEN outcome IN ('nothing', 'repaired') THEN 1 ELSE 3 END, status: 'Fail',
   status_details: ['the ACL grants READ to everyone'],
   checks: [{uid: '2.1.4', standards: ['cis-5.0'], status_id: 3}]} AS compliance,
  [{uid: arn, type: 'AWS::S3::Bucket', region: 'eu-west-1', owner: {account: {uid: account}}}]
    AS resources,
  {'desc': 's3:PutPublicAccessBlock'} AS remediation,
  [{name: 'cause', uid: md5(CAST(i AS VARCHAR)),
    actor: {user: {uid: 'arn:aws:iam::' || account || ':role/Admin-' || (h % 20)}},
    api: {operation: 'PutBucketAcl', service: {name: 's3.amazonaws.com'}, response: NULL::STRUCT(error VARCHAR)},
    data: NULL::VARCHAR}] AS evidences,
  {verdict: CASE outcome WHEN 'nothing' THEN 'complies' WHEN 'undetermined' THEN 'undetermined' ELSE 'violates' END,
   outcome: outcome, because: NULL::VARCHAR, mode: CASE WHEN a % 3 = 0 THEN 'enforce' ELSE 'shadow' END,
   mode_from: '* on /', guardrail_version: 1, cause: 'event', cause_uid: md5(CAST(i AS VARCHAR)),
   follows: NULL::VARCHAR, planned: ['s3:PutPublicAccessBlock'],
   made: CASE WHEN outcome = 'repaired' THEN ['s3:PutPublicAccessBlock'] ELSE []::VARCHAR[] END,
   'at': {called: called, received: called + delay, looked: called + delay + 300,
        acted: CASE WHEN outcome = 'repaired' THEN called + delay + 700 END,
        recorded: called + delay + 900},
   body: {sha256: sha256(id), bytes: 2048}} AS unmapped
FROM judged`;
}
