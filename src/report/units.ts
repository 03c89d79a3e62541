import { sumOf } from './ask/standings';
import { by } from './ask/values';
import type { AccountRow, UnitRow } from './standings';
import { statusOf } from './status';

/** Every organizational unit that holds an account or a unit that does, each with all below it. */
export function unitsOf(accounts: readonly AccountRow[]): readonly UnitRow[] {
  const paths = new Set(accounts.flatMap(({ unit }) => ancestry(unit)));
  return [...paths]
    .map((path): UnitRow => {
      const below = accounts.filter(({ unit }) => ancestry(unit).includes(path));
      const standing = sumOf(below.map((account) => account.standing));
      return {
        path,
        depth: path === '/' ? 0 : path.split('/').length - 1,
        accounts: below.length,
        status: statusOf(standing),
        standing,
      };
    })
    .sort(by(({ path }) => path));
}

/** `/A/B` gives `/`, `/A`, `/A/B`; an account whose unit nobody told stands at the root. */
function ancestry(unit: string): readonly string[] {
  const names = unit.split('/').filter((name) => name !== '');
  return ['/', ...names.map((_, index) => `/${names.slice(0, index + 1).join('/')}`)];
}
