/** What one check found about one thing. */
export interface Finding {
  /** Which check, e.g. `trail`. */
  readonly check: string;
  /** `unknown`: it could not be looked at, which is never 'ok'. */
  readonly level: 'ok' | 'warn' | 'fail' | 'unknown';
  /** What is so, as a sentence. */
  readonly found: string;
  /** What to do about it; absent where nothing is to do. */
  readonly remedy?: string;
}
