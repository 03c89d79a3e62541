import type { Json } from '#core';

/** How an account's coming and going is seen: on the default bus of the management account. */
export interface Lifecycle {
  /** Part of the rule's name. */
  readonly name: string;
  readonly pattern: { readonly [key: string]: Json };
}

const serviceEvent = (service: string, eventNames: readonly string[]) => ({
  source: [`aws.${service}`],
  'detail-type': ['AWS Service Event via CloudTrail'],
  detail: { eventSource: [`${service}.amazonaws.com`], eventName: eventNames },
  // A replay of the account's own archive is nothing new.
  'replay-name': [{ exists: false }],
});

/**
 * In us-east-1, as all events of Organizations. CreateAccountResult alone would miss accounts that
 * were invited. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_security_incident-response.html
 */
export const organizationsLifecycle: Lifecycle = {
  name: 'organizations',
  pattern: serviceEvent('organizations', [
    'AccountDepartedOrganization',
    'AccountJoinedOrganization',
    'CreateAccountResult',
  ]),
};

/**
 * In Control Tower's home Region.
 * https://docs.aws.amazon.com/controltower/latest/userguide/lifecycle-events.html
 */
export const controlTowerLifecycle: Lifecycle = {
  name: 'control-tower',
  pattern: serviceEvent('controltower', ['CreateManagedAccount']),
};
