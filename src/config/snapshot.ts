import { z } from 'zod';

const made = 'make the file again with `parapet org sync`';

const text = z.string(made);
const accountId = text.regex(/^\d{12}$/, made);
const ouPath = text.regex(/^\/$|^(\/[^/]+)+$/, made);

/** AWS Organizations' account states. */
export const STATUSES = [
  'PENDING_ACTIVATION',
  'ACTIVE',
  'SUSPENDED',
  'PENDING_CLOSURE',
  'CLOSED',
] as const;

const organizationalUnit = z.strictObject({ id: text, name: text, path: ouPath }, made).readonly();

const account = z
  .strictObject(
    {
      id: accountId,
      name: text,
      status: z.enum(STATUSES, made),
      ouPath,
      regions: z.array(text, made).readonly().describe('Regions that are enabled, by name.'),
    },
    made,
  )
  .readonly();

/** The organization as `parapet org sync` saw it. No e-mail addresses. */
export const snapshotSchema = z
  .strictObject(
    {
      id: text.regex(/^o-[a-z0-9]{10,32}$/, made),
      managementAccount: accountId,
      root: z.strictObject({ id: text, name: text }, made).readonly(),
      organizationalUnits: z.array(organizationalUnit, made).readonly(),
      accounts: z.array(account, made).readonly(),
    },
    made,
  )
  .readonly();

export type Snapshot = z.infer<typeof snapshotSchema>;
export type SnapshotAccount = Snapshot['accounts'][number];

const by =
  <T>(key: (item: T) => string) =>
  (left: T, right: T): number =>
    key(left) < key(right) ? -1 : key(left) > key(right) ? 1 : 0;

/** The same snapshot in the one order it is written in: units by path, accounts by id. */
export const ordered = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  organizationalUnits: snapshot.organizationalUnits.toSorted(by(({ path }) => path)),
  accounts: snapshot.accounts
    .map((one) => ({ ...one, regions: one.regions.toSorted() }))
    .toSorted(by(({ id }) => id)),
});

/** The snapshot as JSON, in order, with one line for each unit and account: it makes small diffs. */
export function formatSnapshot(snapshot: Snapshot): string {
  const { id, managementAccount, root, organizationalUnits, accounts } = ordered(snapshot);
  const rows = (items: readonly object[]) =>
    items.length === 0
      ? '[]'
      : `[\n${items.map((item) => `    ${oneLine(item)}`).join(',\n')}\n  ]`;
  return `{
  "id": ${JSON.stringify(id)},
  "managementAccount": ${JSON.stringify(managementAccount)},
  "root": ${oneLine(root)},
  "organizationalUnits": ${rows(organizationalUnits)},
  "accounts": ${rows(accounts)}
}
`;
}

const oneLine = (item: object): string => {
  const fields = Object.entries(item).map(([key, value]) => {
    const written = Array.isArray(value)
      ? `[${value.map((one) => JSON.stringify(one)).join(', ')}]`
      : JSON.stringify(value);
    return `${JSON.stringify(key)}: ${written}`;
  });
  return `{ ${fields.join(', ')} }`;
};
