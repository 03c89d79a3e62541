/** A receiver that asks for more is asked again after this: it may have meant something else. */
export const LONGEST_RETRY_AFTER_MS = 300_000;

/**
 * Milliseconds that a Retry-After header asks to wait: seconds or a date (RFC 9110, 10.2.3), at
 * most five minutes. Undefined where there is none or it makes no sense; 0 for a date in the past.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const written = header?.trim();
  if (!written) return undefined;
  if (/^\d+$/.test(written)) return Math.min(Number(written) * 1000, LONGEST_RETRY_AFTER_MS);
  // Date.parse takes "-5" and "1.5" for years; HTTP dates start with the day's name.
  if (!/^[A-Za-z]{3}/.test(written)) return undefined;
  const date = Date.parse(written);
  if (Number.isNaN(date)) return undefined;
  return Math.min(Math.max(0, date - now), LONGEST_RETRY_AFTER_MS);
}

const FIRST_MS = 200;
const LONGEST_MS = 20_000;

/**
 * How long to wait before the next attempt. Full jitter: functions that failed together must not
 * come back together, also where the receiver named the same time to all.
 */
export function waitMs(
  attempt: number,
  { afterMs = 0, random }: { readonly afterMs?: number | undefined; readonly random: number },
): number {
  return Math.round(afterMs + random * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt));
}
