/**
 * How CloudTrail's records are wrapped by EventBridge.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */

const SUFFIX = '.amazonaws.com';

/**
 * The envelope's `source` of a service's events: `s3.amazonaws.com` gives `aws.s3`. It is never
 * `aws.cloudtrail`, except for CloudTrail's own API.
 */
export const envelopeSource = (eventSource: string): string => `aws.${servicePrefix(eventSource)}`;

/** The event source without its domain: `s3`. */
export const servicePrefix = (eventSource: string): string =>
  eventSource.endsWith(SUFFIX) ? eventSource.slice(0, -SUFFIX.length) : eventSource;

export const isEventSource = (text: string): boolean =>
  text.endsWith(SUFFIX) && text.length > SUFFIX.length;

const API_DETAIL_TYPES = ['AWS API Call via CloudTrail', 'AWS Service Event via CloudTrail'];

/** AWS's own pages contradict each other on the spelling, and no recorded sign-in settles it. */
const SIGN_IN_DETAIL_TYPES = [
  'AWS API Call via CloudTrail',
  'AWS Console Sign In via CloudTrail',
  'AWS Console Signin via CloudTrail',
];

/** The `detail-type`s that a service's events can have, sorted. */
export const detailTypes = (eventSource: string): readonly string[] =>
  eventSource === `signin${SUFFIX}` ? SIGN_IN_DETAIL_TYPES : API_DETAIL_TYPES;
