import { type Alternative, conditionAt } from './condition';
import type { Check } from './fault';

/** `detail-type`s that CloudTrail's events have; AWS's own pages spell the sign-in's in two ways. */
export const TRAIL_TYPES: readonly string[] = [
  'AWS API Call via CloudTrail',
  'AWS Console Action via CloudTrail',
  'AWS Console Sign In via CloudTrail',
  'AWS Console Signin via CloudTrail',
  'AWS Insight via CloudTrail',
  'AWS Network Activity Event via CloudTrail',
  'AWS Service Event via CloudTrail',
];

const MEANS_TRAIL = /via\s*cloud\s*trail|^aws\s+api\s*call/i;

/** Whether a `detail-type` is meant for CloudTrail's events, rightly spelled or not. */
export const meansTrail = (type: string): boolean => MEANS_TRAIL.test(type);

/** Whether an alternative asks for events of CloudTrail: of others nothing is known here. */
export function isAboutTrail(alternative: Alternative): boolean {
  const types = conditionAt(alternative, 'detail-type');
  if (types?.values !== undefined && types.strings.length > 0)
    return types.strings.some(meansTrail) || namesCall(alternative);
  return namesCall(alternative);
}

const namesCall = (alternative: Alternative): boolean =>
  ['detail.eventSource', 'detail.eventName'].some((path) => alternative.has(path));

/** A check that only has a say about events of CloudTrail. */
export const ofTrail =
  (check: Check): Check =>
  (alternative, rule) =>
    isAboutTrail(alternative) ? check(alternative, rule) : undefined;
