import {
  paginateListDelegatedAdministrators,
  paginateListDelegatedServicesForAccount,
} from '@aws-sdk/client-organizations';
import type { Check } from './check';

/** Who acts for the organization beside the management account: good to know, and one may surprise. */
export const delegatedAdministrators: Check = {
  id: 'delegated administrators',
  permissions: [
    'organizations:ListDelegatedAdministrators',
    'organizations:ListDelegatedServicesForAccount',
  ],
  by: 'your own credentials, in the management account',
  async look({ organization: { organizations: client }, configuration }) {
    const { parts } = configuration;
    const own = new Set(Object.values(parts));
    const found: { id: string; services: string[] }[] = [];
    for await (const page of paginateListDelegatedAdministrators({ client }, {}))
      for (const { Id: id } of page.DelegatedAdministrators ?? []) {
        if (id === undefined) continue;
        const services: string[] = [];
        for await (const {
          DelegatedServices: delegated = [],
        } of paginateListDelegatedServicesForAccount({ client }, { AccountId: id }))
          for (const { ServicePrincipal: one } of delegated) if (one) services.push(one);
        found.push({ id, services });
      }
    if (found.length === 0)
      return [{ level: 'ok', found: 'no account is a delegated administrator' }];
    return found.map(({ id, services }) => {
      const what = `account ${id} administers ${services.toSorted().join(', ')} for the organization`;
      const isTrail = services.includes('cloudtrail.amazonaws.com');
      if (!isTrail || own.has(id)) return { level: 'ok', found: what };
      return {
        level: 'warn',
        found: `${what}: it can change the organization trail that every guardrail lives on`,
        remedy: `make sure that account ${id} is guarded as the management account is, or give CloudTrail to ${parts.security}`,
      };
    });
  },
};
