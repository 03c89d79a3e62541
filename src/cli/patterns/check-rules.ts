import { checkPattern, type Fault, MOST_TARGETS } from '#pattern/check/index';
import type { RuleFound, Unchecked } from './rule';
import type { FileFound } from './rules-in';

/** A fault, and which rule of which file has it. */
export interface Finding extends Fault {
  readonly file: string;
  readonly address: string;
}

export interface Checked {
  readonly rules: number;
  readonly findings: readonly Finding[];
  readonly unchecked: readonly (Unchecked & { readonly file: string })[];
}

/** Checks every rule; equal rules, as an organization's accounts have them, only once. */
export function checkRules(files: readonly FileFound[]): Checked {
  const known = new Map<string, readonly Fault[]>();
  const faultsOf = (rule: RuleFound): readonly Fault[] => {
    const key = JSON.stringify([rule.pattern, rule.state, rule.region, rule.targets]);
    const faults = known.get(key) ?? faultsIn(rule);
    known.set(key, faults);
    return faults;
  };
  return {
    rules: files.reduce((sum, { rules }) => sum + rules.length, 0),
    findings: files.flatMap(({ file, rules }) =>
      rules.flatMap((rule) =>
        faultsOf(rule).map((fault) => ({ file, address: rule.address, ...fault })),
      ),
    ),
    unchecked: files.flatMap(({ file, unchecked }) => unchecked.map((one) => ({ file, ...one }))),
  };
}

function faultsIn({ pattern, state, region, targets = 0 }: RuleFound): readonly Fault[] {
  const faults = checkPattern(pattern, {
    ...(state === undefined ? {} : { state }),
    ...(region === undefined ? {} : { region }),
  });
  if (targets <= MOST_TARGETS) return faults;
  return [
    ...faults,
    {
      at: '',
      reason: `the rule has ${targets} targets, and EventBridge takes ${MOST_TARGETS}`,
      mend: 'spread them over several rules with the same pattern',
    },
  ];
}
