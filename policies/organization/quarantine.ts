import { names } from '#core';
import { AnyResource } from '../resources/document';
import { type OrganizationPolicy, organizationPolicy } from './document';
import { type Exempt, notExempt } from './exemptions';

/** Where an account waits until it is enrolled: nobody but those who enrol it can do anything. */
export const quarantine = (exempt: Exempt): OrganizationPolicy =>
  organizationPolicy(
    names.quarantine,
    'Parapet: nothing happens in an account until it is enrolled',
    [
      {
        sid: 'NothingButEnrolling',
        effect: 'Deny',
        // A refusal that lists actions leaves out the ones to come; it grants nothing.
        actions: ['*'],
        resources: [new AnyResource('a quarantined account is left nothing')],
        conditions: notExempt(exempt),
      },
    ],
  );
