import { createHash } from 'node:crypto';
import { DAY_MS, dayOf, startOf } from '../period';
import type { Ask } from '../read/database';
import type { DayCount } from './listed';
import { by, count } from './values';

const SAMPLE_SIZE = 25;

/**
 * Moments of decisions drawn so that everybody draws the same: their places in the order of time
 * come from hashes of the seed. Epoch milliseconds; of decisions in one the lowest id is meant.
 */
export async function drawn(
  ask: Ask,
  seed: string,
  counts: readonly DayCount[],
): Promise<readonly number[]> {
  const perDay = new Map<string, number>();
  for (const { day, decisions } of counts) perDay.set(day, (perDay.get(day) ?? 0) + decisions);
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
  if (places.size === 0) return [];
  // One pass over the days that were drawn: each is asked for all places, and its own are taken.
  const drawnDays = [...places.keys()].map(
    (day) => `(moment >= ${startOf(day)} AND moment < ${startOf(day) + DAY_MS})`,
  );
  const fractions = [...new Set([...places.values()].flatMap((own) => [...own]))];
  const rows = await ask(`SELECT moment // ${DAY_MS} AS day,
      quantile_disc(moment, [${fractions.join(', ')}]) AS moments
    FROM decisions WHERE ${drawnDays.join(' OR ')} GROUP BY 1`);
  return rows.flatMap(({ day, moments }) => {
    const own = places.get(dayOf(count(day) * DAY_MS)) ?? new Set();
    const found = (moments as readonly unknown[]).map(count);
    return found.filter((_, index) => own.has(fractions[index] ?? -1));
  });
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
