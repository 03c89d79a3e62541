import { startOf } from '../period';
import type { Ask } from '../read/database';
import { quoted } from '../read/parquet';
import type { ListedRow } from '../rows';
import { by, count, text } from './values';

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
export interface DayCount {
  readonly day: string;
  readonly outcome: string;
  readonly decisions: number;
}

/** A decision that is to be listed. */
export interface Chosen {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly moment: number;
}

/** Chooses the latest decisions of each outcome, on the last days that have enough of them. */
export async function chosenOf(
  ask: Ask,
  days: readonly DayCount[],
): Promise<{ readonly chosen: readonly Chosen[]; readonly rows: readonly ListedRow[] }> {
  const chosen: Chosen[] = [];
  const rows: ListedRow[] = [];
  for (const [outcome, most] of LISTED) {
    const own = days.filter((one) => one.outcome === outcome);
    if (own.length === 0) continue;
    const found = await ask(`SELECT uid, moment FROM decisions
      WHERE outcome = ${quoted(outcome)} AND moment >= ${startOf(firstDay(own, most))}
      ORDER BY moment DESC, uid LIMIT ${most}`);
    chosen.push(...found.map((row) => ({ id: text(row.uid), moment: count(row.moment) })));
    const decisions = own.reduce((sum, one) => sum + one.decisions, 0);
    rows.push({ outcome, decisions, listed: found.length });
  }
  return { chosen, rows };
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
