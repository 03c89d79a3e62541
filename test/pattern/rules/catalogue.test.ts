import {
  type CompiledRule,
  compileTriggers,
  LONGEST_PATTERN,
  patternText,
  regionTriggers,
} from '#pattern';
import { guardrails } from '#policies/guardrails/index';
import { catalogue, hasCatalogue, type Row } from '../../support/catalogue';

const rows = catalogue();

const rulesOf = (some: readonly Row[], region = 'us-east-1'): readonly CompiledRule[] =>
  compileTriggers(
    regionTriggers(
      some.flatMap(({ triggers }) => triggers),
      region,
    ),
    { replays: 'excluded' },
  );

/** Bin → the pattern's text and the rule's state. */
const heldBy = (rules: readonly CompiledRule[]): ReadonlyMap<string, string> =>
  new Map(rules.map(({ bin, pattern, state }) => [bin, `${state} ${patternText(pattern)}`]));

/** The bins that differ between two sets of rules. */
function touched(before: readonly CompiledRule[], after: readonly CompiledRule[]) {
  const [one, other] = [heldBy(before), heldBy(after)];
  const bins = new Set([...one.keys(), ...other.keys()]);
  return [...bins].filter((bin) => one.get(bin) !== other.get(bin));
}

(hasCatalogue ? describe : describe.skip)('the whole catalogue', () => {
  test.each(['us-east-1', 'eu-west-1'])('makes at most six rules in %s', (region) => {
    const rules = rulesOf(rows, region);

    expect(rules.map(({ bin }) => bin)).toEqual([
      'compute',
      'detection',
      'identity',
      'perimeter',
      'services',
      'storage',
    ]);
    for (const { pattern } of rules)
      expect(patternText(pattern).length).toBeLessThanOrEqual(LONGEST_PATTERN);
  });

  test('has room to grow in every rule', () => {
    const rooms = rulesOf(rows).map(({ bin, pattern }) => ({
      bin,
      room: LONGEST_PATTERN - patternText(pattern).length,
    }));

    expect(rooms.filter(({ room }) => room < 200)).toEqual([]);
  });

  test('only the rule with read-only calls has the state that lets them through', () => {
    const wide = rulesOf(rows).filter(({ state }) => state !== 'ENABLED');

    expect(wide.map(({ bin }) => bin)).toEqual(['identity']);
  });

  test.each(rows.map((row) => [row.id, row] as const))(
    'without %s one rule differs at most',
    (_, row) => {
      const rest = rows.filter((one) => one !== row);

      expect(touched(rulesOf(rows), rulesOf(rest)).length).toBeLessThanOrEqual(1);
    },
  );

  test.each(rows.map((row) => [row.id, row] as const))(
    '%s touches one rule of what is installed',
    (_, row) => {
      expect(
        touched(rulesOf(guardrails), rulesOf([...guardrails, row])).length,
      ).toBeLessThanOrEqual(1);
    },
  );
});
