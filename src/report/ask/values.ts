import type { Severity } from '#core';

/** A row as the database gives it. */
export type Row = Readonly<Record<string, unknown>>;

/** Counts come as bigint; absent is 0. */
export const count = (value: unknown): number => Number(value ?? 0);

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export const textOrNone = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

export const numberOrNone = (value: unknown): number | undefined =>
  typeof value === 'bigint' || typeof value === 'number' ? Number(value) : undefined;

/** A moment of the lake as RFC 3339. */
export const moment = (value: unknown): string | undefined => {
  const ms = numberOrNone(value);
  // Beyond this no Date can say it.
  return ms === undefined || Math.abs(ms) > 8.64e15 ? undefined : new Date(ms).toISOString();
};

const SEVERITIES: Readonly<Record<number, Severity>> = {
  2: 'low',
  3: 'medium',
  4: 'high',
  5: 'critical',
};

/** OCSF's severity by Parapet's word. */
export const severity = (value: unknown): Severity | 'unknown' =>
  SEVERITIES[count(value)] ?? 'unknown';

/** Sorts by a key of texts and numbers, ascending. */
export const by =
  <T>(...keys: readonly ((item: T) => string | number)[]) =>
  (one: T, other: T): number => {
    for (const key of keys) {
      const [a, b] = [key(one), key(other)];
      if (a !== b) return a < b ? -1 : 1;
    }
    return 0;
  };
