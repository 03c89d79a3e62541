import type { Alternative } from './condition';

/** What is wrong with a pattern, and what would mend it. */
export interface Fault {
  /** The dotted path in the pattern. */
  readonly at: string;
  /** Why it never matches, as half a sentence. */
  readonly reason: string;
  /** What to write instead. */
  readonly mend: string;
}

/** What is known about the rule that holds a pattern. */
export interface RuleFacts {
  /** As EventBridge has it. @default ENABLED */
  readonly state?: string;
  readonly region?: string;
}

/** Why an alternative of a pattern can match no event; undefined where nothing speaks against it. */
export type Check = (alternative: Alternative, rule: RuleFacts) => Fault | undefined;

/** A fault in one line. */
export const sentenceOf = ({ at, reason, mend }: Fault): string =>
  `${at === '' ? '' : `${at}: `}${reason}; ${mend}`;

/** `"a" or "b"`. */
export const either = (texts: readonly string[]): string =>
  [...new Set(texts)].map((text) => JSON.stringify(text)).join(' or ');
