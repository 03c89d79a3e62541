import type { Ask } from '../read/database';
import { count, text } from './values';

/** Calls of one name, apart by whether they failed. */
export interface CallCount {
  readonly source: string;
  readonly operation: string;
  readonly isFailed: boolean;
  readonly calls: number;
}

/** Calls and decisions matched by CloudTrail's eventID; unanswered are those before `settled`. */
export async function matchedCalls(ask: Ask, settled: number) {
  await ask(`CREATE OR REPLACE TEMP TABLE calls AS
    SELECT event_id, min(source) AS source, min(operation) AS operation,
      min(status) = 2 AS is_failed, max(moment) AS moment,
      event_id IN (SELECT cause_uid FROM decisions WHERE cause = 'event') AS is_judged
    FROM events WHERE event_id IS NOT NULL GROUP BY event_id`);
  const [calls] = await ask('SELECT count(*) AS calls, count_if(is_judged) AS judged FROM calls');
  // A call of the last minutes before the period may have woken a decision within it.
  const [decisions] = await ask(`SELECT count(*) AS woken, count_if(cause_uid IN (
      SELECT event_id FROM events UNION ALL SELECT event_id FROM events_before)) AS recorded
    FROM decisions WHERE cause = 'event' AND cause_uid IS NOT NULL`);
  const unanswered = await ask(`SELECT source, operation, is_failed, count(*) AS calls FROM calls
    WHERE NOT is_judged AND moment < ${settled} GROUP BY ALL ORDER BY ALL`);
  return {
    calls: count(calls?.calls),
    judged: count(calls?.judged),
    woken: count(decisions?.woken),
    recorded: count(decisions?.recorded),
    unanswered: unanswered.map(
      (row): CallCount => ({
        source: text(row.source),
        operation: text(row.operation),
        isFailed: row.is_failed === true,
        calls: count(row.calls),
      }),
    ),
  };
}
