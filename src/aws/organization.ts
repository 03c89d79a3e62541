import { DescribeOrganizationCommand, paginateListRoots } from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { ordered, type Snapshot, type SnapshotAccount } from '#config/snapshot';
import type { OrganizationClients } from './organization/clients';
import { eachAtMost } from './organization/each';
import { enabledRegions } from './organization/enabled-regions';
import { OrganizationUnreadable } from './organization/errors';
import { required } from './organization/required';
import { accountsIn, unitsBelow } from './organization/units';

export { type OrganizationClients, organizationClients } from './organization/clients';

const CONCURRENT_ACCOUNTS = 5;

/**
 * Reads the organization: its units, its accounts in any status, and of active accounts the Regions
 * that are enabled. The same organization gives the same snapshot, whatever the pages.
 * @throws OrganizationUnreadable where the credentials or the set-up do not allow it.
 */
export async function readOrganization(clients: OrganizationClients): Promise<Snapshot> {
  const { id, managementAccount } = await described(clients);
  const caller = required(
    (await clients.sts.send(new GetCallerIdentityCommand({}))).Account,
    'the caller has no account',
  );
  const root = await rootOf(clients);
  const units = await unitsBelow(clients, { id: root.id, path: '' });
  const found: Omit<SnapshotAccount, 'regions'>[] = [];
  for (const parent of [{ id: root.id, path: '/' }, ...units])
    for (const account of await accountsIn(clients, parent.id)) {
      const accountId = required(account.Id, `an account in ${parent.path} has no id`);
      found.push({
        id: accountId,
        name: account.Name ?? accountId,
        // Status retires in September 2026; older endpoints know no State.
        status: required(
          account.State ?? account.Status,
          `account ${accountId} has neither state nor status`,
        ),
        ouPath: parent.path,
      });
    }
  const accounts = await eachAtMost(CONCURRENT_ACCOUNTS, found, async (account) => ({
    ...account,
    regions: account.status === 'ACTIVE' ? await enabledRegions(clients, account.id, caller) : [],
  }));
  return ordered({
    id,
    managementAccount,
    root,
    organizationalUnits: units,
    accounts,
  });
}

async function described({ organizations }: OrganizationClients) {
  try {
    const { Organization } = await organizations.send(new DescribeOrganizationCommand({}));
    return {
      id: required(Organization?.Id, 'the organization has no id'),
      managementAccount: required(
        Organization?.MasterAccountId,
        'the organization has no management account',
      ),
    };
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'AWSOrganizationsNotInUseException')
      throw new OrganizationUnreadable(
        'This account belongs to no organization: use credentials of the management account.',
        { cause },
      );
    throw refusal(cause);
  }
}

async function rootOf({ organizations }: OrganizationClients) {
  try {
    for await (const { Roots } of paginateListRoots({ client: organizations }, {}))
      for (const root of Roots ?? [])
        return {
          id: required(root.Id, 'the root has no id'),
          name: required(root.Name, 'the root has no name'),
        };
  } catch (cause) {
    throw refusal(cause);
  }
  throw new OrganizationUnreadable('AWS answered strangely: the organization has no root');
}

/** A refusal says what is needed; anything else stays what it is. */
function refusal(cause: unknown): unknown {
  if (!(cause instanceof Error && cause.name === 'AccessDeniedException')) return cause;
  return new OrganizationUnreadable(
    [
      `The organization cannot be read: ${cause.message}`,
      'Use the management account or a delegated administrator, with organizations:Describe* and organizations:List*.',
    ].join('\n'),
    { cause },
  );
}
