import { createHash } from 'node:crypto';
import { isObject, type Json, textAt } from '#core';
import { DAY_MS, startOf } from '../period';
import type { Ask } from '../read/database';
import { quoted } from '../read/parquet';
import type { DecisionDetail, ListedRow } from '../rows';
import { by, count, moment, numberOrNone, type Row, severity, text, textOrNone } from './values';

/** How many decisions of each outcome a report lists, those that need somebody first. */
const LISTED: readonly (readonly [outcome: string, most: number])[] = [
  ['failed', 150],
  ['partly', 100],
  ['undetermined', 75],
  ['held', 75],
  ['shadowed', 75],
  ['observed', 75],
  ['repaired', 100],
  ['waived', 75],
  ['nothing', 25],
];

/** Decisions of an outcome on a day. */
interface DayCount {
  readonly day: string;
  readonly outcome: string;
  readonly decisions: number;
}

/** The latest decisions of each outcome, found on the last days that have enough of them. */
export async function listed(
  ask: Ask,
  days: readonly DayCount[],
): Promise<{ readonly decisions: readonly DecisionDetail[]; readonly rows: readonly ListedRow[] }> {
  const wanted = LISTED.map(([outcome, most]) => {
    const own = days.filter((one) => one.outcome === outcome);
    return { outcome, most, own, total: own.reduce((sum, one) => sum + one.decisions, 0) };
  }).filter(({ total }) => total > 0);
  if (wanted.length === 0) return { decisions: [], rows: [] };
  const since = wanted.map(({ outcome, most, own }) => {
    const first = startOf(firstDay(own, most));
    return { first, sql: `(outcome = ${quoted(outcome)} AND moment >= ${first})` };
  });
  const narrow = await ask(`SELECT uid, outcome, moment FROM decisions
    WHERE moment >= ${Math.min(...since.map(({ first }) => first))}
      AND (${since.map(({ sql }) => sql).join(' OR ')})`);
  const chosen = wanted.flatMap(({ outcome, most }) =>
    narrow
      .filter((row) => row.outcome === outcome)
      .sort(
        by(
          (row) => -count(row.moment),
          (row) => text(row.uid),
        ),
      )
      .slice(0, most),
  );
  const details = new Map((await detailsOf(ask, chosen)).map((one) => [one.id, one]));
  return {
    decisions: chosen.flatMap((row) => details.get(text(row.uid)) ?? []),
    rows: wanted.map(({ outcome, total }) => ({
      outcome,
      decisions: total,
      listed: chosen.filter((row) => row.outcome === outcome).length,
    })),
  };
}

/** Whole decisions, in no order. By their moments most of the lake is passed over. */
async function detailsOf(ask: Ask, chosen: readonly Row[]): Promise<readonly DecisionDetail[]> {
  if (chosen.length === 0) return [];
  const rows = await ask(`SELECT * FROM decisions
    WHERE moment IN (${chosen.map((row) => count(row.moment)).join(', ')})
      AND uid IN (${chosen.map((row) => quoted(text(row.uid))).join(', ')})`);
  return rows.map(detailOf);
}

/** The day from which on there are at least so many. Days alone are read, not the whole period. */
function firstDay(
  days: readonly { readonly day: string; readonly decisions: number }[],
  most: number,
): string {
  let sum = 0;
  for (const { day, decisions } of days.toSorted(by(({ day }) => day)).reverse()) {
    sum += decisions;
    if (sum >= most) return day;
  }
  return days.map(({ day }) => day).sort()[0] ?? '1970-01-01';
}

export const SAMPLE_SIZE = 25;

/**
 * Decisions drawn so that everybody draws the same: their places in the order of time come from
 * hashes of the seed. Of decisions in one millisecond the lowest id is taken.
 */
export async function sampled(
  ask: Ask,
  seed: string,
  days: readonly DayCount[],
): Promise<readonly DecisionDetail[]> {
  const perDay = new Map<string, number>();
  for (const { day, decisions } of days) perDay.set(day, (perDay.get(day) ?? 0) + decisions);
  const sorted = [...perDay].sort(by(([day]) => day));
  const total = sorted.reduce((sum, [, decisions]) => sum + decisions, 0);
  const places = new Map<string, Set<number>>();
  for (const place of placesOf(seed, total)) {
    let before = 0;
    for (const [day, decisions] of sorted) {
      // quantile_disc gives the value of the place in which the fraction falls: its middle is safe.
      if (place < before + decisions) {
        places.set(day, (places.get(day) ?? new Set()).add((place - before + 0.5) / decisions));
        break;
      }
      before += decisions;
    }
  }
  const moments = await Promise.all(
    [...places].map(async ([day, fractions]) => {
      const [row] =
        await ask(`SELECT quantile_disc(moment, [${[...fractions].join(', ')}]) AS moments
        FROM decisions WHERE moment >= ${startOf(day)} AND moment < ${startOf(day) + DAY_MS}`);
      return Array.isArray(row?.moments) ? row.moments.map(count) : [];
    }),
  );
  if (places.size === 0) return [];
  const drawn = await ask(`SELECT min(uid) AS uid, moment FROM decisions
    WHERE moment IN (${moments.flat().join(', ')}) GROUP BY moment`);
  return [...(await detailsOf(ask, drawn))].sort(
    by(
      ({ recorded }) => recorded,
      ({ id }) => id,
    ),
  );
}

/** Up to SAMPLE_SIZE different places below `total`; all of them where there are no more. */
function placesOf(seed: string, total: number): ReadonlySet<number> {
  const places = new Set<number>();
  const wanted = Math.min(SAMPLE_SIZE, total);
  for (let draw = 0; places.size < wanted; draw += 1) {
    const hash = createHash('sha256').update(`${seed} ${draw}`).digest();
    places.add(Number(hash.readBigUInt64BE() % BigInt(total)));
  }
  return places;
}

function detailOf(row: Row): DecisionDetail {
  const { evidences } = row;
  const evidence = parsed(textOrNone(evidences));
  const named = (name: string) => evidence.filter((one) => textAt(one, 'name') === name);
  const [cause] = named('cause');
  const called = numberOrNone(row.called);
  const since = (later: unknown) => {
    const ms = numberOrNone(later);
    return ms === undefined || called === undefined || ms < called ? undefined : ms - called;
  };
  return {
    id: text(row.uid),
    recorded: moment(row.moment) ?? '',
    guardrail: text(row.guardrail),
    version: numberOrNone(row.version),
    severity: severity(row.severity),
    account: text(row.account),
    accountName: text(row.account_name),
    unit: text(row.unit),
    region: text(row.region),
    resource: text(row.resource),
    resourceType: text(row.resource_type),
    verdict: text(row.verdict),
    reason: text(row.reason),
    outcome: text(row.outcome),
    because: textOrNone(row.because),
    mode: text(row.mode),
    modeFrom: text(row.mode_from),
    cause: text(row.cause),
    causeId: text(row.cause_uid),
    follows: textOrNone(row.follows),
    call:
      cause === undefined
        ? undefined
        : {
            name: textAt(cause, 'api', 'operation') ?? '',
            source: textAt(cause, 'api', 'service', 'name') ?? '',
            caller: textAt(cause, 'actor', 'user', 'uid') ?? '',
          },
    planned: Array.isArray(row.planned) ? row.planned.map(String) : [],
    made: named('call').map((call) => ({
      operation: textAt(call, 'api', 'operation') ?? '',
      requestId: textAt(call, 'uid') ?? '',
      at: textAt(parsedAny(textAt(call, 'data')), 'at'),
      error: textAt(call, 'api', 'response', 'error'),
    })),
    before: textAt(named('before')[0], 'data'),
    after: textAt(named('after')[0], 'data'),
    called: moment(row.called),
    detectMs: since(row.looked ?? row.moment),
    repairMs: text(row.outcome) === 'repaired' ? since(row.acted) : undefined,
    sha256: textOrNone(row.body_sha256),
  };
}

const parsed = (json: string | undefined): readonly Json[] => {
  const found = parsedAny(json);
  return Array.isArray(found) ? found.filter(isObject) : [];
};

function parsedAny(json: string | undefined): Json | undefined {
  try {
    return json === undefined ? undefined : JSON.parse(json);
  } catch {
    return undefined;
  }
}
