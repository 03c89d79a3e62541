import { appendFileSync } from 'node:fs';
import path from 'node:path';
import type { ClassUid } from './read-lines';

/**
 * Flushed when this many characters are waiting, whatever number of days they belong to. More would
 * outlive a few rounds of the garbage collector, which then copies them each time.
 */
const WAITING = 1_000_000;

/** A day of a class, as text: `2003/20261121`. */
export const dayKey = (classUid: ClassUid, day: string): string => `${classUid}/${day}`;

/** Sorts rows into one file a class and day. No file is held open: a hostile lake has many days. */
export function stage(folder: string) {
  const waiting = new Map<string, string[]>();
  const counts = new Map<string, number>();
  let size = 0;
  const fileOf = (key: string): string => path.join(folder, `${key.replace('/', '-')}.ndjson`);
  const flush = (): void => {
    for (const [key, lines] of waiting) appendFileSync(fileOf(key), lines.join(''));
    waiting.clear();
    size = 0;
  };
  return {
    /** A row's line gets its number in the day's file, by which copies are told apart. */
    add(key: string, row: string): void {
      const line = `{"_nth":${counts.get(key) ?? 0},${row.slice(1)}`;
      const lines = waiting.get(key);
      if (lines) lines.push(line);
      else waiting.set(key, [line]);
      counts.set(key, (counts.get(key) ?? 0) + 1);
      size += line.length;
      if (size >= WAITING) flush();
    },
    flush,
    /** The file of a day and its number of rows; undefined where it has none. */
    of: (key: string) =>
      counts.has(key) ? { file: fileOf(key), rows: counts.get(key) ?? 0 } : undefined,
    keys: (): readonly string[] => [...counts.keys()],
  };
}

export type Stage = ReturnType<typeof stage>;
