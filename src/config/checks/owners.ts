import { suggestion } from '#core/nearest';
import { type Check, mappingAt } from './draft';

/** OUs and accounts whose owner is named are in the organization. */
export const owners: Check = (draft) => {
  const { source, snapshot } = draft;
  if (snapshot === undefined) return [];
  const units = ['/', ...snapshot.organizationalUnits.map(({ path }) => path)];
  const accounts = snapshot.accounts.map(({ id }) => id);
  const ous = Object.keys(mappingAt(draft, 'owners', 'ous'));
  const ids = Object.keys(mappingAt(draft, 'owners', 'accounts'));
  return [
    ...ous
      .filter((path) => path.startsWith('/') && !units.includes(path))
      .map((path) =>
        source.atKey(['owners', 'ous', path], `there is no OU ${path}`, suggestion(path, units)),
      ),
    ...ids
      .filter((id) => /^\d{12}$/.test(id) && !accounts.includes(id))
      .map((id) =>
        source.atKey(
          ['owners', 'accounts', id],
          `account ${id} is not in the organization's snapshot`,
          'run `parapet org sync` if it is new',
        ),
      ),
  ];
};
