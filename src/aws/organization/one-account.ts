import {
  DescribeAccountCommand,
  DescribeOrganizationalUnitCommand,
  DescribeOrganizationCommand,
  ListParentsCommand,
} from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { SnapshotAccount } from '#config/snapshot';
import { codeOf } from '../answer';
import type { OrganizationClients } from './clients';
import { enabledRegions } from './enabled-regions';
import { required } from './required';
import type { Unit } from './units';

/** One account as the organization has it now. */
export interface AccountNow {
  /** The organization's id. */
  readonly organization: string;
  /** Absent where the account is not in the organization. */
  readonly account?: SnapshotAccount;
  /** The units on its way from the root, the topmost first. */
  readonly units: readonly Unit[];
}

/**
 * Reads one account, its place and its enabled Regions: a few calls, however large the organization.
 * @throws OrganizationUnreadable where its Regions may not be read
 */
export async function readAccount(clients: OrganizationClients, id: string): Promise<AccountNow> {
  const { organizations } = clients;
  const { Organization: described } = await organizations.send(new DescribeOrganizationCommand({}));
  const organization = required(described?.Id, 'the organization has no id');
  const found = await accountNamed(clients, id);
  if (found === undefined) return { organization, units: [] };
  const units = await unitsAbove(clients, id);
  const status = required(found.State ?? found.Status, `account ${id} has no state`);
  const { Account: caller = '' } = await clients.sts.send(new GetCallerIdentityCommand({}));
  return {
    organization,
    units,
    account: {
      ...{ id, name: found.Name ?? id, status, ouPath: units.at(-1)?.path ?? '/' },
      regions: status === 'ACTIVE' ? await enabledRegions(clients, id, caller) : [],
    },
  };
}

async function accountNamed({ organizations }: OrganizationClients, id: string) {
  try {
    return (await organizations.send(new DescribeAccountCommand({ AccountId: id }))).Account;
  } catch (error) {
    if (codeOf(error) === 'AccountNotFoundException') return undefined;
    throw error;
  }
}

/** From the account upwards, then turned round so that each path builds on the one before. */
async function unitsAbove(
  { organizations }: OrganizationClients,
  account: string,
): Promise<readonly Unit[]> {
  const names: { readonly id: string; readonly name: string }[] = [];
  for (let child = account; ; ) {
    const { Parents: parents = [] } = await organizations.send(
      new ListParentsCommand({ ChildId: child }),
    );
    const [parent] = parents;
    if (parent?.Type !== 'ORGANIZATIONAL_UNIT') break;
    child = required(parent.Id, `${child} has a parent without id`);
    const { OrganizationalUnit: unit } = await organizations.send(
      new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: child }),
    );
    names.push({ id: child, name: required(unit?.Name, `the unit ${child} has no name`) });
  }
  let path = '';
  return names.toReversed().map(({ id, name }) => {
    path = `${path}/${name.replaceAll('/', '%2F')}`;
    return { id, name, path };
  });
}
