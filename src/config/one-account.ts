import { ordered, type Snapshot, type SnapshotAccount } from './snapshot';

type Unit = Snapshot['organizationalUnits'][number];

/** The snapshot with one account as it is now, and the units it lies in. All else stays. */
export function withAccount(
  snapshot: Snapshot,
  account: SnapshotAccount,
  units: readonly Unit[],
): Snapshot {
  const isNew = (unit: Unit) => !units.some(({ id, path }) => id === unit.id || path === unit.path);
  return ordered({
    ...snapshot,
    organizationalUnits: [...snapshot.organizationalUnits.filter(isNew), ...units],
    accounts: [...snapshot.accounts.filter(({ id }) => id !== account.id), account],
  });
}

/** The snapshot without an account that has left the organization. */
export const withoutAccount = (snapshot: Snapshot, id: string): Snapshot => ({
  ...snapshot,
  accounts: snapshot.accounts.filter((account) => account.id !== id),
});
