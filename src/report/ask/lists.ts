import type { Ask } from '../read/database';
import type { ExceptionRow, PrincipalRow, RecurrenceRow } from '../rows';
import { GUARDRAIL, RESOURCE } from './standings';
import { count, moment, text } from './values';

/** Resources that violated one guardrail more than once, the most often first. */
export async function recurrences(ask: Ask): Promise<readonly RecurrenceRow[]> {
  const rows = await ask(`SELECT guardrail, account, resource, violations, outcome FROM latest
    WHERE violations > 1 ORDER BY violations DESC, guardrail, account, resource LIMIT 25`);
  return rows.map((row) => ({
    guardrail: text(row.guardrail),
    account: text(row.account),
    resource: text(row.resource),
    violations: count(row.violations),
    lastOutcome: text(row.outcome),
  }));
}

/** Above this the callers are not ranked: who called is deep in the evidence and slow to read. */
export const MOST_RANKED = 500_000;

/** The callers of the most violations; undefined where there are too many decisions to read. */
export async function principals(
  ask: Ask,
  decisions: number,
): Promise<readonly PrincipalRow[] | undefined> {
  if (decisions > MOST_RANKED) return undefined;
  const rows = await ask(`SELECT principal, count(*) AS violations FROM (
      SELECT json_extract_string(evidences, '$[0].actor.user.uid') AS principal FROM decisions
      WHERE verdict = 'violates' AND json_extract_string(evidences, '$[0].name') = 'cause'
    ) WHERE principal IS NOT NULL
    GROUP BY principal ORDER BY violations DESC, principal LIMIT 10`);
  return rows.map((row) => ({ principal: text(row.principal), violations: count(row.violations) }));
}

/** Most resources listed as exceptions. */
export const MOST_EXCEPTIONS = 500;

/** Violations that a waiver let pass, by resource and reason, the most often used first. */
export async function exceptions(ask: Ask): Promise<readonly ExceptionRow[]> {
  const rows =
    await ask(`SELECT ${GUARDRAIL} AS guardrail, account, ${RESOURCE} AS resource, waiver AS because,
      decisions AS hits, first, latest // 16 AS last FROM stood WHERE waiver IS NOT NULL
    ORDER BY hits DESC, guardrail, account, resource, because LIMIT ${MOST_EXCEPTIONS}`);
  return rows.map((row) => ({
    guardrail: text(row.guardrail),
    account: text(row.account),
    resource: text(row.resource),
    because: text(row.because),
    hits: count(row.hits),
    first: moment(row.first) ?? '',
    last: moment(row.last) ?? '',
  }));
}
