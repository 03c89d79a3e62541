import {
  type Account,
  paginateListAccountsForParent,
  paginateListOrganizationalUnitsForParent,
} from '@aws-sdk/client-organizations';
import type { OrganizationClients } from './clients';
import { required } from './required';

export interface Unit {
  readonly id: string;
  readonly name: string;
  /** Names from the root; a slash in a name is written %2F. */
  readonly path: string;
}

/** All units below a parent, parents before children, however deep (AWS nests five). */
export async function unitsBelow(
  clients: OrganizationClients,
  parent: { readonly id: string; readonly path: string },
): Promise<readonly Unit[]> {
  const pages = paginateListOrganizationalUnitsForParent(
    { client: clients.organizations },
    { ParentId: parent.id },
  );
  const units: Unit[] = [];
  for await (const page of pages)
    for (const unit of page.OrganizationalUnits ?? []) {
      const name = required(unit.Name, 'an organizational unit has no name');
      const id = required(unit.Id, `the organizational unit ${name} has no id`);
      const here = { id, name, path: `${parent.path}/${name.replaceAll('/', '%2F')}` };
      units.push(here, ...(await unitsBelow(clients, here)));
    }
  return units;
}

/** The accounts that lie directly in a root or unit. */
export async function accountsIn(
  clients: OrganizationClients,
  parentId: string,
): Promise<readonly Account[]> {
  const pages = paginateListAccountsForParent(
    { client: clients.organizations },
    { ParentId: parentId },
  );
  const accounts: Account[] = [];
  for await (const page of pages) accounts.push(...(page.Accounts ?? []));
  return accounts;
}
