import type { Outcome } from '#core';
import { DAY_MS, dayOf } from '../period';
import type { Ask } from '../read/database';
import type { Standing } from '../standings';
import { count, numberOrNone, type Row, severity, text } from './values';

/** How an outcome leaves its resource. */
export const ENDS: Readonly<Record<string, keyof Standing>> = {
  nothing: 'passing',
  repaired: 'repaired',
  waived: 'waived',
  undetermined: 'undetermined',
};

/** Outcomes from best to worst: of two decisions in one millisecond the worse one stands. */
const RANKED: readonly Outcome[] = [
  ...(['nothing', 'repaired', 'waived', 'observed', 'shadowed', 'held'] as const),
  ...(['undetermined', 'partly', 'failed'] as const),
];

const rank = `CASE outcome ${RANKED.map((outcome, i) => `WHEN '${outcome}' THEN ${i}`).join(' ')} ELSE 15 END`;

export const HOUR_MS = 3_600_000;

/**
 * The roll-ups that nearly all else is summed from; each reads only the columns it counts by.
 * `counted` and `hourly` count decisions, `stood` holds the last outcome of each guardrail on each
 * resource, apart for those that were waived, by why; `latest` sums it up. An outcome that a later
 * version knows and this one does not counts as one that stands open.
 */
export async function rollUp(ask: Ask): Promise<void> {
  await ask(`CREATE TABLE counted AS
    SELECT account, guardrail, version, mode, outcome, region,
      count(*) AS decisions, min(moment) AS first, max(moment) AS last
    FROM decisions GROUP BY ALL`);
  await ask(`CREATE TABLE hourly AS
    SELECT moment // ${HOUR_MS} AS hour, outcome, count(*) AS decisions, max(moment) AS last
    FROM decisions GROUP BY ALL`);
  await ask(`CREATE TABLE stood AS
    SELECT account, finding, CASE WHEN outcome = 'waived' THEN coalesce(because, '') END AS waiver,
      count(*) AS decisions, min(moment) AS first, max(moment * 16 + ${rank}) AS latest,
      count(*) FILTER (WHERE outcome NOT IN ('nothing', 'undetermined')) AS violations
    FROM decisions GROUP BY account, finding, waiver`);
  const outcomes = RANKED.map((outcome) => `'${outcome}'`).join(', ');
  await ask(`CREATE VIEW latest AS SELECT account, ${GUARDRAIL} AS guardrail, ${RESOURCE} AS resource,
      sum(violations) AS violations,
      coalesce([${outcomes}][1 + max(latest) % 16], 'unknown') AS outcome
    FROM stood GROUP BY account, finding`);
}

/** The guardrail of a finding: its id has no space. */
export const GUARDRAIL = "split_part(finding, ' ', 1)";

/** The resource of a finding. */
export const RESOURCE = `substr(finding, length(${GUARDRAIL}) + 2)`;

/** Resources by account, guardrail and how their latest decision left them. */
export async function latestByCell(ask: Ask): Promise<readonly Row[]> {
  return ask(`SELECT account, guardrail, outcome, count(*) AS resources FROM latest
    GROUP BY account, guardrail, outcome ORDER BY account, guardrail, outcome`);
}

/** Decisions by account, guardrail and outcome. */
export async function countsByCell(ask: Ask): Promise<readonly Row[]> {
  return ask(`SELECT account, guardrail, outcome, sum(decisions) AS decisions FROM counted
    GROUP BY account, guardrail, outcome ORDER BY account, guardrail, outcome`);
}

/** Decisions by day and outcome. */
export async function countsByDay(ask: Ask) {
  const rows = await ask(`SELECT hour // 24 AS day, outcome, sum(decisions) AS decisions FROM hourly
    GROUP BY day, outcome ORDER BY day, outcome`);
  return rows.map((row) => ({
    day: dayOf(count(row.day) * DAY_MS),
    outcome: text(row.outcome),
    decisions: count(row.decisions),
  }));
}

/** Decisions of an outcome in an hour. */
export interface HourCount {
  /** Its first moment, epoch milliseconds. */
  readonly hour: number;
  readonly outcome: string;
  readonly decisions: number;
}

/** In the order of time. */
export async function countsByHour(ask: Ask): Promise<readonly HourCount[]> {
  const rows = await ask('SELECT * FROM hourly ORDER BY hour, outcome');
  return rows.map((row) => ({
    hour: count(row.hour) * HOUR_MS,
    outcome: text(row.outcome),
    decisions: count(row.decisions),
  }));
}

/** What the latest decision on each account, and by each guardrail, says of it. */
export async function latestFacts(ask: Ask) {
  const last = await ask(`SELECT max(last) AS last FROM counted GROUP BY account
    UNION SELECT max(last) AS last FROM counted GROUP BY guardrail`);
  const moments = last.map((row) => count(row.last));
  // By their moments most of the lake is passed over.
  const rows = await ask(`SELECT account, guardrail, account_name, unit, severity, organization
    FROM decisions WHERE moment IN (${moments.length === 0 ? 'NULL' : moments.join(', ')})
    ORDER BY moment, uid`);
  return {
    accounts: new Map(
      rows.map((row) => [
        text(row.account),
        { name: text(row.account_name), unit: text(row.unit) },
      ]),
    ),
    severities: new Map(rows.map((row) => [text(row.guardrail), severity(row.severity)])),
    organizations: [...new Set(rows.map((row) => text(row.organization)))].filter(Boolean).sort(),
  };
}

export type LatestFacts = Awaited<ReturnType<typeof latestFacts>>;

/** Per guardrail the days on which a version or mode is first seen, and in how many accounts. */
export async function firstDays(ask: Ask) {
  const rows = await ask(`SELECT guardrail, version, mode, min(first) // ${DAY_MS} AS day,
      count(DISTINCT account) AS accounts FROM counted
    GROUP BY guardrail, version, mode ORDER BY day, guardrail, version, mode`);
  return rows.map((row) => ({
    guardrail: text(row.guardrail),
    version: numberOrNone(row.version),
    mode: text(row.mode),
    day: dayOf(count(row.day) * DAY_MS),
    accounts: count(row.accounts),
  }));
}

export const NOTHING: Standing = {
  decisions: 0,
  violations: 0,
  repairs: 0,
  open: 0,
  undetermined: 0,
  waived: 0,
  repaired: 0,
  passing: 0,
};

/** The sum of standings. */
export function sumOf(standings: readonly Standing[]): Standing {
  const sum: Record<keyof Standing, number> = { ...NOTHING };
  for (const standing of standings)
    for (const key of Object.keys(NOTHING) as (keyof Standing)[]) sum[key] += standing[key];
  return sum;
}
