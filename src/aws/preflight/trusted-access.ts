import { paginateListAWSServiceAccessForOrganization } from '@aws-sdk/client-organizations';
import type { Check } from './check';

/** Services that act in member accounts on the organization's behalf. */
const SERVICES = [
  {
    principal: 'account.amazonaws.com',
    level: 'fail',
    without: 'the enabled Regions of accounts cannot be read',
  },
  {
    principal: 'cloudtrail.amazonaws.com',
    level: 'fail',
    without: 'there can be no organization trail',
  },
  {
    principal: 'securityhub.amazonaws.com',
    level: 'warn',
    without: 'findings cannot be gathered in one Security Hub, if you want that',
  },
] as const;

export const trustedAccess: Check = {
  id: 'trusted access',
  permissions: ['organizations:ListAWSServiceAccessForOrganization'],
  by: 'your own credentials, in the management account',
  async look({ organization }) {
    const on = new Set<string>();
    const pages = paginateListAWSServiceAccessForOrganization(
      { client: organization.organizations },
      {},
    );
    for await (const { EnabledServicePrincipals: principals = [] } of pages)
      for (const { ServicePrincipal: principal } of principals) if (principal) on.add(principal);
    return SERVICES.map(({ principal, level, without }) =>
      on.has(principal)
        ? { level: 'ok', found: `${principal} has trusted access` }
        : {
            level,
            found: `${principal} has no trusted access: ${without}`,
            remedy: `aws organizations enable-aws-service-access --service-principal ${principal}`,
          },
    );
  },
};
