import { isEventSource } from '../cloudtrail';
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
const meansTrail = (type: string): boolean => MEANS_TRAIL.test(type);

/**
 * Whether an alternative can match nothing but events of CloudTrail: of others nothing is known
 * here, and an event of one's own may have an `eventName` too.
 */
export function isAboutTrail(alternative: Alternative): boolean {
  const types = conditionAt(alternative, 'detail-type');
  if (types?.values?.length && types.strings.every(meansTrail)) return true;
  const services = conditionAt(alternative, 'detail.eventSource');
  if (services?.values?.length && services.strings.every(isOfAws)) return true;
  const isNamed = [services, conditionAt(alternative, 'detail.eventName')].some(
    (condition) => condition !== undefined && !condition.acceptsAbsent,
  );
  const sources = conditionAt(alternative, 'source');
  return isNamed && types === undefined && (sources?.strings.some(isOfAws) ?? false);
}

const isOfAws = (text: string): boolean => text.startsWith('aws.') || isEventSource(text);

/** A check that only has a say about events of CloudTrail. */
export const ofTrail =
  (check: Check): Check =>
  (alternative, rule) =>
    isAboutTrail(alternative) ? check(alternative, rule) : undefined;
