import type { Json } from '#core';
import { LONGEST_PATTERN } from '../rules/compile';
import type { Fault } from './fault';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
export const MOST_TARGETS = 5;

/** What a rule's pattern must not exceed. Blanks between tokens do not count. */
export function tooLong(pattern: Json): Fault | undefined {
  const { length } = JSON.stringify(pattern);
  if (length <= LONGEST_PATTERN) return undefined;
  return {
    at: '',
    reason: `the pattern has ${length} characters, and a rule holds ${LONGEST_PATTERN}`,
    mend: 'split it into several rules, or have the quota raised',
  };
}
