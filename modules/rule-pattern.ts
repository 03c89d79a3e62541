import { checkPattern, type RuleFacts, sentenceOf } from '#pattern/check/index';

/**
 * Lets no rule be synthesised that could never match, or that EventBridge would refuse.
 * @throws RangeError with what `parapet patterns check` says of it
 */
export function refuseWrongPattern(name: string, pattern: string, facts: RuleFacts): void {
  const faults = checkPattern(pattern, facts);
  if (faults.length > 0)
    throw new RangeError(`the pattern of ${name}: ${faults.map(sentenceOf).join('; ')}`);
}
