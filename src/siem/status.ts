import type { Answered } from './ports';
import type { Verdict } from './protocol';
import { retryAfterMs } from './retry-after';

const AGAIN = new Set([408, 425, 429]);
const UNAUTHORISED = new Set([401, 403, 407]);

/**
 * What a status means where the protocol says nothing of its own; undefined for 200 and its like
 * and for 400 and 422, which mean something else in each protocol. A redirect is a wrong address:
 * followed, it would take the credentials along.
 */
export function verdictOfStatus(answer: Answered, now: number): Verdict | undefined {
  const { status } = answer;
  const code = `http-${status}`;
  if (status >= 200 && status < 300) return undefined;
  if (status === 400 || status === 422) return undefined;
  if (UNAUTHORISED.has(status)) return { kind: 'unauthorised', code };
  if (status === 413) return { kind: 'too-large', code };
  if (!AGAIN.has(status) && status < 500) return { kind: 'misconfigured', code };
  const afterMs = retryAfterMs(answer.retryAfter, now);
  return { kind: 'again', code, ...(afterMs === undefined ? {} : { afterMs }) };
}

/** An answer that is not of the protocol acknowledges nothing. */
export const NONSENSE: Verdict = { kind: 'again', code: 'nonsense' };

/** JSON of an answer, or undefined where it says it is something else or is broken. */
export function jsonOf(answer: Answered): unknown {
  if (!/\bjson\b/i.test(answer.contentType)) return undefined;
  try {
    return JSON.parse(answer.body);
  } catch {
    return undefined;
  }
}
