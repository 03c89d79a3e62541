import { nearest } from '#core/nearest';
import type { Problem } from '../errors';
import type { Path } from '../source';
import { type Check, type Draft, mappingAt } from './draft';

/** The three parts are three active accounts of the organization, and the first one owns it. */
export const parts: Check = (draft) => {
  const seen = new Map<string, string>();
  return Object.entries(mappingAt(draft, 'accounts')).flatMap(([part, id]): readonly Problem[] => {
    if (typeof id !== 'string') return [];
    const path = ['accounts', part];
    const first = seen.get(id);
    if (first !== undefined)
      return [
        draft.source.atValue(
          path,
          `account ${id} is ${first} and ${part}`,
          'give each part an account of its own',
        ),
      ];
    seen.set(id, part);
    return part === 'management' ? management(draft, id) : partAt(draft, path, id);
  });
};

function partAt({ source, snapshot }: Draft, path: Path, id: string): readonly Problem[] {
  if (snapshot === undefined || !isAccountId(id)) return [];
  const found = snapshot.accounts.find((account) => account.id === id);
  if (found === undefined) return [source.atValue(path, ...notInSnapshot(snapshot.accounts, id))];
  if (found.status === 'ACTIVE') return [];
  return [source.atValue(path, `account ${id} is ${found.status}`, 'name an active account')];
}

function management({ source, snapshot }: Draft, id: string): readonly Problem[] {
  if (snapshot === undefined || id === snapshot.managementAccount || !isAccountId(id)) return [];
  return [
    source.atValue(
      ['accounts', 'management'],
      `account ${id} is not the organization's management account`,
      `write '${snapshot.managementAccount}', or sync the right organization`,
    ),
  ];
}

/** Accounts named under a guardrail are accounts of the organization. */
export const namedAccounts: Check = (draft) => {
  const { source, snapshot } = draft;
  if (snapshot === undefined) return [];
  const known = new Set(snapshot.accounts.map(({ id }) => id));
  return Object.keys(mappingAt(draft, 'guardrails')).flatMap((guardrail) =>
    Object.keys(mappingAt(draft, 'guardrails', guardrail, 'accounts'))
      .filter((id) => isAccountId(id) && !known.has(id))
      .map((id) =>
        source.atKey(
          ['guardrails', guardrail, 'accounts', id],
          ...notInSnapshot(snapshot.accounts, id),
        ),
      ),
  );
};

const isAccountId = (id: string): boolean => /^\d{12}$/.test(id);

function notInSnapshot(
  accounts: readonly { readonly id: string }[],
  id: string,
): [problem: string, remedy: string] {
  const near = nearest(
    id,
    accounts.map((account) => account.id),
  );
  const isTypo = near !== undefined && differences(near, id) <= 2;
  const sync = 'run `parapet org sync` if it is new';
  return [
    `account ${id} is not in the organization's snapshot`,
    isTypo ? `did you mean '${near}'? Or ${sync}` : sync,
  ];
}

const differences = (left: string, right: string): number =>
  [...left].filter((digit, i) => digit !== right[i]).length;
