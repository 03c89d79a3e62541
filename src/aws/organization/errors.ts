import { UserError } from '#core';

/** The organization cannot be read with these credentials or as it is set up; says what to do. */
export class OrganizationUnreadable extends UserError {
  override readonly code = 'organization-unreadable';
}
