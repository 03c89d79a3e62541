import { ReportError } from './errors';

/** Whole days in UTC. */
export interface Period {
  /** `YYYY-MM-DD`, the first day. */
  readonly from: string;
  /** `YYYY-MM-DD`, the last day, included. */
  readonly to: string;
}

export const DAY_MS = 86_400_000;

/** A report covers at most ten years of days. */
const MOST_DAYS = 3660;

/** The first moment of a day, epoch milliseconds. */
export const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** The first moment after a period, epoch milliseconds. */
export const endOf = ({ to }: Period): number => startOf(to) + DAY_MS;

/** The UTC day of a moment, `YYYY-MM-DD`. */
export const dayOf = (moment: number): string => new Date(moment).toISOString().slice(0, 10);

/** `20261121` as `2026-11-21`. */
export const dashed = (day: string): string =>
  `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`;

/** Every day of a period, in order. */
export function daysOf({ from, to }: Period): readonly string[] {
  const count = Math.round((startOf(to) - startOf(from)) / DAY_MS) + 1;
  return Array.from({ length: count }, (_, index) => dayOf(startOf(from) + index * DAY_MS));
}

/** The period of the same length right before. */
export function before(period: Period): Period {
  const length = daysOf(period).length;
  return {
    from: dayOf(startOf(period.from) - length * DAY_MS),
    to: dayOf(startOf(period.from) - DAY_MS),
  };
}

/** @throws ReportError where it is no day of the calendar. */
export function parseDay(text: string, option: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(startOf(text));
  if (!isDay || dayOf(startOf(text)) !== text)
    throw new ReportError(`${option} ${text} is no day: write it as 2026-11-21`);
  return text;
}

/**
 * A moment as RFC 3339 in UTC.
 * @throws ReportError where it is none.
 */
export function parseMoment(text: string, option: string): string {
  const ms = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (Number.isNaN(ms))
    throw new ReportError(`${option} ${text} is no moment: write it as 2026-11-21T12:00:00Z`);
  return new Date(ms).toISOString();
}

/** The days to report on without being told: thirty, up to the last day that has data. */
export const DEFAULT_DAYS = 30;

/**
 * The period that was asked for; what was left out follows from the last day of the lake.
 * @throws ReportError where it ends before it begins or is longer than ten years.
 */
export function periodOf(
  asked: { readonly from?: string | undefined; readonly to?: string | undefined },
  lastDay: string | undefined,
): Period {
  const to = asked.to ?? lastDay ?? asked.from;
  if (to === undefined)
    throw new ReportError(
      'the lake holds no day of decisions: say the period with --from and --to',
    );
  const from = asked.from ?? dayOf(startOf(to) - (DEFAULT_DAYS - 1) * DAY_MS);
  if (startOf(from) > startOf(to))
    throw new ReportError(`the period ends (${to}) before it begins (${from})`);
  if ((startOf(to) - startOf(from)) / DAY_MS >= MOST_DAYS)
    throw new ReportError('a report covers at most ten years');
  return { from, to };
}
