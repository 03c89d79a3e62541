import type { Snapshot } from '#config';

/** The organization as policies see it. */
export interface TwinOrganization {
  readonly id: string;
  readonly managementAccount: string;
  /** Account id → ids of what SCPs can be attached to above it: root, OUs, the account. */
  readonly levels: ReadonlyMap<string, readonly string[]>;
  /** Account id → name. */
  readonly names: ReadonlyMap<string, string>;
}

/** From the snapshot that `parapet org sync` made. */
export function organizationOf(snapshot: Snapshot): TwinOrganization {
  const units = new Map(snapshot.organizationalUnits.map(({ path, id }) => [path, id]));
  const levelsOf = (ouPath: string, account: string) => {
    const parts = ouPath.split('/').filter((part) => part !== '');
    const paths = parts.map((_, i) => `/${parts.slice(0, i + 1).join('/')}`);
    return [snapshot.root.id, ...paths.flatMap((path) => units.get(path) ?? []), account];
  };
  return {
    id: snapshot.id,
    managementAccount: snapshot.managementAccount,
    levels: new Map(snapshot.accounts.map(({ id, ouPath }) => [id, levelsOf(ouPath, id)])),
    names: new Map(snapshot.accounts.map(({ id, name }) => [id, name])),
  };
}
