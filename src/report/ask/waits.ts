import type { Ask } from '../read/database';
import type { WaitRow } from '../rows';
import { by, count, severity, text } from './values';

/** What is slow: longer than this, milliseconds. */
export const SLOW_MS = 300_000;

const KINDS = {
  delivery: 'received - called',
  detect: 'coalesce(looked, moment) - called',
  repair: "CASE WHEN outcome = 'repaired' THEN acted - called END",
} as const;

type Kind = keyof typeof KINDS;

const SCOPES = {
  all: "''",
  severity: 'CAST(severity AS VARCHAR)',
  guardrail: 'guardrail',
} as const;

/**
 * Exact percentiles of how long violations took, over all, by severity and by guardrail: the
 * smallest time that so many of a hundred do not exceed, as quantile_disc has it. A negative time,
 * of clocks that disagree, counts as none.
 */
export async function waits(ask: Ask): Promise<readonly WaitRow[]> {
  const kinds = Object.keys(KINDS) as Kind[];
  // One pass counts how often each time occurs; the percentiles then come from the counts.
  await ask(`CREATE TABLE times AS
    SELECT grouping_id(${kinds.join(', ')}) AS kinds, guardrail, severity,
      coalesce(${kinds.join(', ')}) AS ms, count(*) AS times
    FROM (SELECT guardrail, severity, ${kinds.map((kind) => `${KINDS[kind]} AS ${kind}`).join(', ')}
      FROM decisions WHERE outcome NOT IN ('nothing', 'undetermined'))
    GROUP BY GROUPING SETS (${kinds.map((kind) => `(guardrail, severity, ${kind})`).join(', ')})`);
  const rows: WaitRow[] = [];
  // The bits of the columns that are summed over are set: all but the kind's own.
  for (const [index, kind] of kinds.entries())
    for (const scope of Object.keys(SCOPES) as (keyof typeof SCOPES)[])
      rows.push(
        ...(await waitsBy(ask, { kind, scope, bits: 7 - (1 << (kinds.length - 1 - index)) })),
      );
  return rows;
}

async function waitsBy(
  ask: Ask,
  of: { readonly kind: Kind; readonly scope: keyof typeof SCOPES; readonly bits: number },
): Promise<readonly WaitRow[]> {
  const { kind, scope, bits } = of;
  const at = (share: number) => `min(ms) FILTER (WHERE below >= ceil(${share} * measured))`;
  const rows =
    await ask(`SELECT name, any_value(measured) AS measured, sum(times) FILTER (WHERE ms > ${SLOW_MS}) AS slow,
      ${at(0.5)} AS p50, ${at(0.9)} AS p90, ${at(0.99)} AS p99
    FROM (SELECT *, sum(times) OVER (PARTITION BY name ORDER BY ms) AS below,
        sum(times) OVER (PARTITION BY name) AS measured
      FROM (SELECT ${SCOPES[scope]} AS name, ms, sum(times) AS times FROM times
        WHERE kinds = ${bits} AND ms >= 0 GROUP BY name, ms))
    GROUP BY name`);
  return rows
    .map(
      (row): WaitRow => ({
        ...{ scope, kind, count: count(row.measured), slow: count(row.slow) },
        of: scope === 'severity' ? severity(row.name) : text(row.name),
        ...{ p50: count(row.p50), p90: count(row.p90), p99: count(row.p99) },
      }),
    )
    .sort(by(({ of }) => of));
}
