import type { Status } from '../standings';

/** How a status is shown: never by colour alone. */
export const STATUSES: Readonly<
  Record<Status, { readonly words: string; readonly sign: string; readonly means: string }>
> = {
  failing: {
    words: 'Failing',
    sign: '✕',
    means: 'the latest decision on at least one resource is a violation that stands',
  },
  undetermined: {
    words: 'Undetermined',
    sign: '?',
    means: 'a state could not be read, so nothing is said about it',
  },
  waived: { words: 'Exempt', sign: 'W', means: 'a violation stands under a waiver' },
  passing: {
    words: 'Passing',
    sign: '✓',
    means: 'every resource that was judged complies or was repaired',
  },
  'no-activity': {
    words: 'No activity',
    sign: '–',
    means: 'a guardrail watches it, and no call woke it in the period',
  },
  'not-assessed': {
    words: 'Not assessed',
    sign: '○',
    means: 'no installed guardrail serves it',
  },
};

/** In the order of attention. */
export const STATUS_ORDER = Object.keys(STATUSES) as readonly Status[];

const UNITS: readonly (readonly [ms: number, unit: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
];

/** `950 ms`, `4.2 s`, `3.5 min`. */
export function duration(ms: number): string {
  const [size, unit] = UNITS.find(([one]) => ms >= one) ?? [1, 'ms'];
  const value = ms / size;
  return `${unit === 'ms' || value >= 100 ? Math.round(value) : value.toFixed(1)} ${unit}`;
}

/** `12,345`. */
export const grouped = (value: number): string =>
  String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** `1 day`, `2 days`. */
export const counted = (value: number, noun: string, plural = `${noun}s`): string =>
  `${grouped(value)} ${value === 1 ? noun : plural}`;

export const share = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((part / whole) * 100).toFixed(part === whole || part === 0 ? 0 : 1)} %`;

/** `2026-11-21 14:03:05`, UTC. */
export const clock = (moment: string): string => moment.slice(0, 19).replace('T', ' ');

export const bytes = (size: number): string => {
  const [unit, divisor] =
    size >= 1e9
      ? ['GB', 1e9]
      : size >= 1e6
        ? ['MB', 1e6]
        : size >= 1e3
          ? ['kB', 1e3]
          : ['bytes', 1];
  return `${divisor === 1 ? size : (size / Number(divisor)).toFixed(1)} ${unit}`;
};
