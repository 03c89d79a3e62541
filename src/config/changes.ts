import type { Snapshot, SnapshotAccount } from './snapshot';

/** What became different between two snapshots of an organization; accounts in order of id. */
export interface Changes {
  readonly added: readonly SnapshotAccount[];
  readonly removed: readonly SnapshotAccount[];
  readonly moved: readonly Change[];
  /** Accounts with another status, e.g. SUSPENDED. */
  readonly status: readonly Change[];
  /** Accounts with other enabled Regions. */
  readonly regions: readonly Change[];
  readonly unitsAdded: readonly string[];
  readonly unitsRemoved: readonly string[];
}

export interface Change {
  readonly id: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

export function changesBetween(before: Snapshot | undefined, after: Snapshot): Changes {
  const old = new Map(before?.accounts.map((account) => [account.id, account]));
  const now = new Map(after.accounts.map((account) => [account.id, account]));
  const oldUnits = new Set(before?.organizationalUnits.map(({ path }) => path));
  const units = new Set(after.organizationalUnits.map(({ path }) => path));
  const changed = (fact: (account: SnapshotAccount) => string): readonly Change[] =>
    after.accounts.flatMap((account) => {
      const earlier = old.get(account.id);
      if (earlier === undefined || fact(earlier) === fact(account)) return [];
      return [{ id: account.id, name: account.name, from: fact(earlier), to: fact(account) }];
    });
  return {
    added: after.accounts.filter(({ id }) => !old.has(id)),
    removed: [...old.values()].filter(({ id }) => !now.has(id)),
    moved: changed(({ ouPath }) => ouPath),
    status: changed(({ status }) => status),
    regions: changed(({ regions }) => regions.join(' ')),
    unitsAdded: [...units].filter((path) => !oldUnits.has(path)),
    unitsRemoved: [...oldUnits].filter((path) => !units.has(path)),
  };
}
