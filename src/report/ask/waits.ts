import type { Ask } from '../read/database';
import type { WaitRow } from '../rows';
import { by, count, type Row, severity, text } from './values';

/** What is slow: longer than this, milliseconds. */
export const SLOW_MS = 300_000;

const KINDS = {
  delivery: 'CASE WHEN received >= called THEN received - called END',
  detect: 'CASE WHEN coalesce(looked, moment) >= called THEN coalesce(looked, moment) - called END',
  repair: "CASE WHEN outcome = 'repaired' AND acted >= called THEN acted - called END",
} as const;

/**
 * Exact percentiles of how long violations took, over all, by severity and by guardrail. A negative
 * time, of clocks that disagree, counts as none.
 */
export async function waits(ask: Ask): Promise<readonly WaitRow[]> {
  const kinds = Object.keys(KINDS) as (keyof typeof KINDS)[];
  const times = kinds.map((kind) => `${KINDS[kind]} AS ${kind}`);
  const measures = kinds.map(
    (kind) => `count(${kind}) AS ${kind}_count,
      quantile_disc(${kind}, [0.5, 0.9, 0.99]) AS ${kind}_p,
      count(*) FILTER (WHERE ${kind} > ${SLOW_MS}) AS ${kind}_slow`,
  );
  const rows = await ask(`SELECT guardrail, severity, grouping(guardrail) AS over_guardrails,
      grouping(severity) AS over_severities, ${measures.join(', ')}
    FROM (SELECT guardrail, severity, ${times.join(', ')}
      FROM decisions WHERE outcome NOT IN ('nothing', 'undetermined'))
    GROUP BY GROUPING SETS ((), (severity), (guardrail))`);
  const found = rows.flatMap((row) =>
    kinds.flatMap((kind): readonly WaitRow[] => {
      const measured = count(row[`${kind}_count`]);
      const [p50, p90, p99] = (row[`${kind}_p`] as readonly unknown[] | null) ?? [];
      const scope = scopeOf(row);
      const of = { all: '', severity: severity(row.severity), guardrail: text(row.guardrail) }[
        scope
      ];
      const slow = count(row[`${kind}_slow`]);
      const percentiles = { p50: count(p50), p90: count(p90), p99: count(p99) };
      return measured === 0 ? [] : [{ scope, of, kind, count: measured, ...percentiles, slow }];
    }),
  );
  const scopes: readonly WaitRow['scope'][] = ['all', 'severity', 'guardrail'];
  return found.sort(
    by(
      ({ kind }) => kinds.indexOf(kind),
      ({ scope }) => scopes.indexOf(scope),
      ({ of }) => of,
    ),
  );
}

const scopeOf = (row: Row): WaitRow['scope'] =>
  count(row.over_guardrails) === 0
    ? 'guardrail'
    : count(row.over_severities) === 0
      ? 'severity'
      : 'all';
