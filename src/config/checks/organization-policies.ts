import { at } from '#core';
import { suggestion } from '#core/nearest';
import type { Problem } from '../errors';
import type { Check, Draft } from './draft';

const KINDS = ['protect', 'quarantine'] as const;

/** Policies are attached to OUs of the organization, to each once. */
export const policyTargets: Check = (draft) => {
  const { source, snapshot } = draft;
  const known = ['/', ...(snapshot?.organizationalUnits ?? []).map(({ path }) => path)];
  return KINDS.flatMap((kind) =>
    pathsIn(draft, kind).flatMap((path, i, all): readonly Problem[] => {
      const place = ['organizationPolicies', kind, i];
      if (path === '') return [];
      if (all.indexOf(path) < i)
        return [source.atValue(place, `${path} stands twice`, 'keep one of the two')];
      if (snapshot === undefined || known.includes(path) || !path.startsWith('/')) return [];
      return [source.atValue(place, `there is no OU ${path}`, suggestion(path, known))];
    }),
  );
};

/** Quarantine stops whatever is below it: never Parapet's own accounts. */
export const quarantined: Check = (draft) => {
  const { source, snapshot } = draft;
  if (snapshot === undefined) return [];
  const parts = ['security', 'logArchive'].flatMap((part) => {
    const id = at(source.value, 'accounts', part);
    const account = snapshot.accounts.find((one) => one.id === id);
    return account === undefined ? [] : [{ part, ouPath: account.ouPath }];
  });
  return pathsIn(draft, 'quarantine').flatMap((path, i) => {
    const stopped = parts.filter(
      ({ ouPath }) => path === '/' || (path !== '' && isBelow(ouPath, path)),
    );
    if (stopped.length === 0) return [];
    return [
      source.atValue(
        ['organizationPolicies', 'quarantine', i],
        `the ${stopped.map(({ part }) => part).join(' and ')} account is below ${path}`,
        "quarantine an OU that holds none of Parapet's own accounts",
      ),
    ];
  });
};

const isBelow = (ouPath: string, path: string): boolean => `${ouPath}/`.startsWith(`${path}/`);

/** The paths as they are written; what is no text becomes one that nothing is known of. */
function pathsIn({ source }: Draft, kind: (typeof KINDS)[number]): readonly string[] {
  const found = at(source.value, 'organizationPolicies', kind);
  return Array.isArray(found) ? found.map((path) => (typeof path === 'string' ? path : '')) : [];
}
