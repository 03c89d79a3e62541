import type { ListedRow } from '../decision-detail';
import type { Ask } from '../read/database';
import { quoted } from '../read/parquet';
import type { HourCount } from './standings';
import { count, text } from './values';

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

/** A decision that is to be listed. */
export interface Chosen {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly moment: number;
}

/** Chooses the latest decisions of each outcome, of the last hours that have enough of them. */
export async function chosenOf(
  ask: Ask,
  hours: readonly HourCount[],
): Promise<{ readonly chosen: readonly Chosen[]; readonly rows: readonly ListedRow[] }> {
  const chosen: Chosen[] = [];
  const rows: ListedRow[] = [];
  for (const [outcome, most] of LISTED) {
    const own = hours.filter((one) => one.outcome === outcome);
    if (own.length === 0) continue;
    const found = await ask(`SELECT uid, moment FROM decisions
      WHERE outcome = ${quoted(outcome)} AND moment >= ${firstHour(own, most)}
      ORDER BY moment DESC, uid LIMIT ${most}`);
    chosen.push(...found.map((row) => ({ id: text(row.uid), moment: count(row.moment) })));
    const decisions = own.reduce((sum, one) => sum + one.decisions, 0);
    rows.push({ outcome, decisions, listed: found.length });
  }
  return { chosen, rows };
}

/** The hour from which on there are at least so many: those before it are not read. */
function firstHour(hours: readonly HourCount[], most: number): number {
  let sum = 0;
  for (const { hour, decisions } of hours.toReversed()) {
    sum += decisions;
    if (sum >= most) return hour;
  }
  return hours[0]?.hour ?? 0;
}
