import type { Condition, Context } from './policy';

/** Whether the request meets a condition; `unclear` is what AWS leaves undefined. */
export type Check = 'met' | 'unmet' | 'unclear';

/**
 * Checks one condition. Unclear are a key with several values under an operator without ForAllValues
 * or ForAnyValue, and a value of another type under a negated operator.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function checkCondition({ key, rule }: Condition, context: Context): Check {
  const values = context.get(key.toLowerCase()) ?? [];
  if (rule.kind === 'null') return metIf(rule.wanted.includes(isNothing(values)));
  const { tests, negated, ifExists, quantifier } = rule;
  const checks = values.map((value): Check => {
    const found = tests.map((test) => test(value, context));
    if (negated && found.includes(undefined)) return 'unclear';
    return metIf(negated !== found.includes(true));
  });
  // A set operator takes an empty text for nothing; IfExists does not change that.
  if (quantifier === 'all') return isNothing(values) ? 'met' : worst(checks);
  if (quantifier === 'any') return isNothing(values) ? 'unmet' : best(checks);
  const [only, ...more] = checks;
  if (only === undefined) return metIf(negated || ifExists);
  return more.length > 0 ? 'unclear' : only;
}

const ORDER: readonly Check[] = ['met', 'unclear', 'unmet'];
const best = (checks: readonly Check[]): Check =>
  ORDER.find((check) => checks.includes(check)) ?? 'unmet';
const worst = (checks: readonly Check[]): Check =>
  ORDER.findLast((check) => checks.includes(check)) ?? 'met';

/** What the request lacks, for reasons: `needs aws:PrincipalOrgID StringEquals o-1, it has o-2`. */
export function lackOf({ key, operator, values }: Condition, context: Context): string {
  const found = context.get(key.toLowerCase()) ?? [];
  const has = found.length === 0 ? 'the request has none' : `the request has ${found.join(', ')}`;
  return `needs ${key} ${operator} ${values.join(' or ')}, ${has}`;
}

const isNothing = (values: readonly string[]): boolean => values.every((value) => value === '');

const metIf = (isMet: boolean): 'met' | 'unmet' => (isMet ? 'met' : 'unmet');
