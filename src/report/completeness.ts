import { count, moment } from './ask/values';
import { dayOf, daysOf, type Period } from './period';
import type { Lake } from './read/lake';
import type { Completeness, DayRow } from './rows';
import type { AccountRow } from './standings';

/** Which days, accounts and objects the report rests on, and what it could not read. */
export async function completenessOf(
  { ask, read, problems }: Lake,
  of: { readonly period: Period; readonly accounts: readonly AccountRow[] },
): Promise<Completeness> {
  const decisions = await perDay(
    ask(`SELECT hour // 24 AS day, sum(decisions) AS rows, max(last) AS last
      FROM hourly GROUP BY day`),
  );
  const events = await perDay(
    ask(`SELECT moment // 86400000 AS day, count(*) AS rows, max(moment) AS last
      FROM events GROUP BY day`),
  );
  const days = daysOf(of.period).map((day): DayRow => {
    const own = read.filter((one) => one.day === day);
    return {
      day,
      decisions: decisions.get(day)?.rows ?? 0,
      events: events.get(day)?.rows ?? 0,
      objects: own.reduce((sum, { objects }) => sum + objects, 0),
    };
  });
  const sum = (key: 'decisions' | 'events') => days.reduce((total, day) => total + day[key], 0);
  const isSilent = ({ standing, events }: AccountRow) => standing.decisions + events === 0;
  return {
    days,
    objects: read.reduce((total, { objects }) => total + objects, 0),
    bytes: read.reduce((total, { bytes }) => total + bytes, 0),
    decisions: sum('decisions'),
    events: sum('events'),
    lastDecision: moment(lastOf(decisions)),
    lastEvent: moment(lastOf(events)),
    accountsSeen: of.accounts.filter((account) => !isSilent(account)).length,
    accountsSilent: of.accounts.filter(isSilent).map(({ account }) => account),
    problems,
  };
}

interface DaySum {
  readonly rows: number;
  readonly last: number;
}

async function perDay(asked: ReturnType<Lake['ask']>): Promise<ReadonlyMap<string, DaySum>> {
  const rows = await asked;
  return new Map(
    rows.map((row) => [
      dayOf(count(row.day) * 86_400_000),
      { rows: count(row.rows), last: count(row.last) },
    ]),
  );
}

const lastOf = (days: ReadonlyMap<string, DaySum>): number | undefined =>
  days.size === 0 ? undefined : Math.max(...[...days.values()].map(({ last }) => last));
