import {
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  DescribeCreateAccountStatusCommand,
  ListRootsCommand,
  MoveAccountCommand,
  type OrganizationsClient,
} from '@aws-sdk/client-organizations';
import type { Snapshot } from '#config';
import { SandboxFailed } from './errors';

/** What was made: ids differ from the description's, names do not. */
export interface MadeOrganization {
  readonly id: string;
  /** Ids by name, the management account's too. */
  readonly accounts: Readonly<Record<string, string>>;
}

/**
 * Makes an organization like the described one: its units, and its active accounts in them. The
 * management account is the client's own.
 */
export async function makeOrganization(
  client: OrganizationsClient,
  management: string,
  { organizationalUnits, accounts, managementAccount }: Snapshot,
): Promise<MadeOrganization> {
  const { Organization } = await client.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const { Roots: [root] = [] } = await client.send(new ListRootsCommand({}));
  const rootId = required(root?.Id, 'root');
  const units = new Map([['/', rootId]]);
  for (const { name, path } of organizationalUnits.toSorted(parentsFirst)) {
    const ParentId = required(units.get(parentOf(path)), `unit above ${path}`);
    const { OrganizationalUnit: made } = await client.send(
      new CreateOrganizationalUnitCommand({ ParentId, Name: name }),
    );
    units.set(path, required(made?.Id, `unit ${path}`));
  }
  const ids: Record<string, string> = {};
  for (const { id, name, status, ouPath } of accounts) {
    if (status !== 'ACTIVE') continue;
    if (id === managementAccount) {
      ids[name] = management;
      continue;
    }
    const made = await makeAccount(client, name);
    ids[name] = made;
    if (ouPath !== '/')
      await moveAccount(client, made, {
        from: rootId,
        to: required(units.get(ouPath), `unit ${ouPath}`),
      });
  }
  return { id: required(Organization?.Id, 'organization'), accounts: ids };
}

/** Moves an account from one unit, or the root, to another. */
export const moveAccount = (
  client: OrganizationsClient,
  account: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<unknown> =>
  client.send(
    new MoveAccountCommand({
      ...{ AccountId: account, SourceParentId: from, DestinationParentId: to },
    }),
  );

/** Makes an account, which lies in the root then, and gives its id. */
export async function makeAccount(client: OrganizationsClient, name: string): Promise<string> {
  const { CreateAccountStatus: asked } = await client.send(
    new CreateAccountCommand({ AccountName: name, Email: `${name}@sandbox.example` }),
  );
  const { CreateAccountStatus: made } = await client.send(
    new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: asked?.Id }),
  );
  if (made?.State !== 'SUCCEEDED')
    throw new SandboxFailed(
      `the emulator did not make the account ${name}: ${made?.FailureReason}`,
    );
  return required(made.AccountId, `account ${name}`);
}

const depth = (path: string): number => path.split('/').length;
const parentsFirst = (one: { path: string }, other: { path: string }) =>
  depth(one.path) - depth(other.path);
const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new SandboxFailed(`the emulator knows no ${what}`);
  return value;
}
