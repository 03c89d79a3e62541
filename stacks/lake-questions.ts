/** Each decision once: Firehose delivers at least once, and a compacted day may stand beside it. */
const DECISIONS = `WITH latest AS (
  SELECT *, row_number() OVER (PARTITION BY metadata.uid ORDER BY time DESC) AS copy
  FROM decisions
  WHERE event_day >= date_format(current_date - interval '30' day, '%Y%m%d')
)`;

/** The saved questions to the lake: name → what it asks and its SQL (Trino), over the last 30 days. */
export const LAKE_QUERIES = {
  'open-violations': {
    asks: 'Which resources still violate a guardrail, by their last decision?',
    sql: `${DECISIONS}, last AS (
  SELECT *, row_number() OVER (PARTITION BY finding_info.uid_alt ORDER BY time DESC) AS age
  FROM latest WHERE copy = 1
)
SELECT cloud.account.uid AS account, cloud.org.ou_name AS ou, compliance.control AS guardrail,
  resources[1].uid AS resource, severity, unmapped.outcome AS outcome, time_dt AS since
FROM last
WHERE age = 1 AND compliance.status_id = 3
ORDER BY severity_id DESC, time`,
  },
  'time-to-repair': {
    asks: 'How long did it take to detect and to repair, in seconds, for each guardrail?',
    sql: `${DECISIONS}
SELECT compliance.control AS guardrail, count(*) AS repairs,
  approx_percentile((unmapped.at.received - unmapped.at.called) / 1000.0, 0.5) AS detect_p50,
  approx_percentile((unmapped.at.recorded - unmapped.at.called) / 1000.0, 0.5) AS repair_p50,
  approx_percentile((unmapped.at.recorded - unmapped.at.called) / 1000.0, 0.9) AS repair_p90,
  approx_percentile((unmapped.at.recorded - unmapped.at.called) / 1000.0, 0.99) AS repair_p99
FROM latest
WHERE copy = 1 AND unmapped.outcome = 'repaired'
GROUP BY 1 ORDER BY 1`,
  },
  'failed-repairs': {
    asks: 'Which repairs failed, or were made in part only, and why?',
    sql: `${DECISIONS}
SELECT time_dt, cloud.account.uid AS account, compliance.control AS guardrail,
  resources[1].uid AS resource, unmapped.outcome AS outcome, unmapped.because AS because
FROM latest
WHERE copy = 1 AND unmapped.outcome IN ('failed', 'partly')
ORDER BY time DESC`,
  },
  'busiest-principals': {
    asks: 'Whose calls led to most violations?',
    sql: `${DECISIONS}
SELECT cause.actor.user.uid AS principal, compliance.control AS guardrail, count(*) AS violations
FROM latest CROSS JOIN UNNEST(evidences) AS evidence (cause)
WHERE copy = 1 AND compliance.status_id = 3 AND cause.name = 'cause'
GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 100`,
  },
  'calls-without-decision': {
    asks: 'Which calls of the last day were seen on the bus but led to no decision?',
    sql: `SELECT e.api.service.name AS service, e.api.operation AS operation, count(*) AS calls
FROM events e
LEFT JOIN decisions d ON d.metadata.correlation_uid = e.metadata.original_event_uid
  AND d.event_day >= date_format(current_date - interval '2' day, '%Y%m%d')
WHERE e.event_day >= date_format(current_date - interval '1' day, '%Y%m%d')
  AND d.metadata.uid IS NULL
GROUP BY 1, 2 ORDER BY 3 DESC`,
  },
} as const;
