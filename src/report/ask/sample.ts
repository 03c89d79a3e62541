import { createHash } from 'node:crypto';
import type { Ask } from '../read/database';
import { HOUR_MS, type HourCount } from './standings';
import { count } from './values';

const SAMPLE_SIZE = 25;

/**
 * Moments of decisions drawn so that everybody draws the same: their places in the order of time
 * come from hashes of the seed. Epoch milliseconds; of decisions in one the lowest id is meant.
 */
export async function drawn(
  ask: Ask,
  seed: string,
  counts: readonly HourCount[],
): Promise<readonly number[]> {
  const perHour = new Map<number, number>();
  for (const { hour, decisions } of counts) perHour.set(hour, (perHour.get(hour) ?? 0) + decisions);
  const total = counts.reduce((sum, { decisions }) => sum + decisions, 0);
  const places = new Map<number, Set<number>>();
  for (const place of placesOf(seed, total)) {
    let before = 0;
    for (const [hour, decisions] of perHour) {
      // quantile_disc gives the value of the place in which the fraction falls: its middle is safe.
      if (place < before + decisions) {
        places.set(hour, (places.get(hour) ?? new Set()).add((place - before + 0.5) / decisions));
        break;
      }
      before += decisions;
    }
  }
  if (places.size === 0) return [];
  // One pass over the hours that were drawn: each is asked for all places, and its own are taken.
  const drawnHours = [...places.keys()].map((hour) => hour / HOUR_MS);
  const fractions = [...new Set([...places.values()].flatMap((own) => [...own]))];
  const rows = await ask(`SELECT moment // ${HOUR_MS} AS hour,
      quantile_disc(moment, [${fractions.join(', ')}]) AS moments
    FROM decisions WHERE moment // ${HOUR_MS} IN (${drawnHours.join(', ')}) GROUP BY 1`);
  return rows.flatMap(({ hour, moments }) => {
    const own = places.get(count(hour) * HOUR_MS) ?? new Set();
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
