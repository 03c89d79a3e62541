import type { Json } from '#core';

/** How an account's coming and going is seen: on the default bus of the management account. */
export interface Lifecycle {
  /** Part of the rule's name. */
  readonly name: string;
  readonly pattern: { readonly [key: string]: Json };
}

/**
 * `AWS Service Event via CloudTrail` is how AWS shows CreateAccountResult and Control Tower's events.
 * Of those that tell who joined and left it shows no envelope, only that they are logged.
 */
const DETAIL_TYPES = ['AWS API Call via CloudTrail', 'AWS Service Event via CloudTrail'];

const eventsOf = (services: readonly string[], eventNames: readonly string[]) => ({
  source: services.map((service) => `aws.${service}`),
  'detail-type': DETAIL_TYPES,
  detail: {
    eventSource: services.map((service) => `${service}.amazonaws.com`),
    eventName: eventNames,
  },
  // A replay of the account's own archive is nothing new.
  'replay-name': [{ exists: false }],
});

const JOINED_AND_LEFT = [
  'AccountDepartedOrganization',
  'AccountJoinedOrganization',
  'CreateAccountResult',
];
const MANAGED = ['CreateManagedAccount'];

/**
 * In us-east-1, as all events of Organizations. CreateAccountResult alone would miss accounts that
 * were invited. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_security_incident-response.html
 */
export const organizationsLifecycle: Lifecycle = {
  name: 'organizations',
  pattern: eventsOf(['organizations'], JOINED_AND_LEFT),
};

/**
 * In Control Tower's home Region.
 * https://docs.aws.amazon.com/controltower/latest/userguide/lifecycle-events.html
 */
export const controlTowerLifecycle: Lifecycle = {
  name: 'control-tower',
  pattern: eventsOf(['controltower'], MANAGED),
};

/** The same events on the security bus, where only the management account's word counts. */
export const comingAndGoing = (management: string) => ({
  account: [management],
  ...eventsOf(['controltower', 'organizations'], [...JOINED_AND_LEFT, ...MANAGED]),
});
