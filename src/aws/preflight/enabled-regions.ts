import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { eachAtMost } from '../organization/each';
import { enabledRegions } from '../organization/enabled-regions';
import { OrganizationUnreadable } from '../organization/errors';
import type { Check } from './check';

const AT_ONCE = 5;

/** A Region that is off fails a deployment, one that is on and not governed is blind. */
export const regionsEnabled: Check = {
  id: 'enabled Regions',
  permissions: ['account:ListRegions'],
  by: 'your own credentials, in the management account',
  async look({ configuration, snapshot, organization }) {
    const { accounts, parts, regions } = configuration;
    const { Account: caller = '' } = await organization.sts.send(new GetCallerIdentityCommand({}));
    const known = new Map(snapshot.accounts.map((one) => [one.id, one.regions]));
    const found = await eachAtMost(AT_ONCE, accounts, async ({ id }) => {
      try {
        return { id, on: await enabledRegions(organization, id, caller) };
      } catch (error) {
        // It says what is missing; what it wraps is what AWS answered.
        throw error instanceof OrganizationUnreadable ? error.cause : error;
      }
    });
    const stale = found.filter(
      ({ id, on }) => on.toSorted().join() !== (known.get(id) ?? []).toSorted().join(),
    );
    const isHomeOff = found.some(
      ({ id, on }) => id === parts.security && !on.includes(regions.home),
    );
    const blind = found.filter(({ on }) => on.some((one) => !regions.governed.includes(one)));
    return [
      ...(isHomeOff
        ? [
            {
              level: 'fail' as const,
              found: `the home Region ${regions.home} is off in the security account`,
              remedy: `aws account enable-region --region-name ${regions.home} --account-id ${parts.security}`,
            },
          ]
        : []),
      ...(stale.length > 0
        ? [
            {
              level: 'fail' as const,
              found: `the snapshot is older than the Regions of ${stale.map(({ id }) => id).join(', ')}`,
              remedy:
                'run `parapet org sync`: a provider of a Region that is off fails the deployment',
            },
          ]
        : []),
      ...(blind.length > 0
        ? [
            {
              level: 'warn' as const,
              found: `${blind.length} of ${found.length} accounts have Regions on that are not governed: nothing is seen there`,
              remedy: 'govern them, or deny them by an SCP; `parapet check` names them',
            },
          ]
        : []),
      ...(isHomeOff || stale.length > 0
        ? []
        : [{ level: 'ok' as const, found: 'the snapshot has the Regions of every account' }]),
    ];
  },
};
