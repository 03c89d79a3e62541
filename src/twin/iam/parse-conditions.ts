import { isObject, type Json } from '#core';
import { MalformedPolicy } from './errors';
import { OPERATORS } from './operators';
import type { Condition, Test } from './policy';

/**
 * Reads the Condition element: operator → key → value or values.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 * @throws MalformedPolicy for an operator that does not exist, or a value that is none of its type.
 */
export function parseConditions(
  written: Json | undefined,
  place: string,
  variables: boolean,
): readonly Condition[] {
  if (written === undefined) return [];
  return entriesOf(written, place).flatMap(([operator, keys]) =>
    entriesOf(keys, `${place}.${operator}`).map(([key, value]) => {
      const at = `${place}.${operator}.${key}`;
      if (!KEY.test(key)) throw new MalformedPolicy(at, 'is no condition key, as aws:SourceArn is');
      const values = valuesOf(value, at);
      return { operator, key, values, rule: ruleOf(operator, values, { place, at, variables }) };
    }),
  );
}

const KEY = /^[\w./-]+:.+$/;
const OPERATOR = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;
const QUANTIFIERS = { ForAllValues: 'all', ForAnyValue: 'any', none: 'one' } as const;

interface Where {
  readonly place: string;
  readonly at: string;
  readonly variables: boolean;
}

function ruleOf(written: string, values: readonly string[], where: Where): Condition['rule'] {
  // Null knows neither a set prefix nor IfExists.
  if (written === 'Null')
    return { kind: 'null', wanted: values.map((value) => wanted(value, where.at)) };
  const [, prefix, name = '', ifExists] = OPERATOR.exec(written) ?? [];
  const operator = OPERATORS.get(name);
  if (operator === undefined)
    throw new MalformedPolicy(`${where.place}.${written}`, 'is no condition operator');
  return {
    kind: 'compare',
    tests: values.map((value) => orRefuse(operator.compile(value, where.variables), where.at)),
    negated: operator.negated,
    ifExists: ifExists !== undefined,
    quantifier:
      QUANTIFIERS[prefix === 'ForAllValues' || prefix === 'ForAnyValue' ? prefix : 'none'],
  };
}

function wanted(value: string, place: string): boolean {
  if (value !== 'true' && value !== 'false')
    throw new MalformedPolicy(place, `"${value}" is neither true nor false`);
  return value === 'true';
}

function orRefuse(compiled: Test | string, place: string): Test {
  if (typeof compiled === 'string') throw new MalformedPolicy(place, compiled);
  return compiled;
}

function entriesOf(value: Json, place: string): readonly [string, Json][] {
  if (!isObject(value)) throw new MalformedPolicy(place, 'must be an object');
  return Object.entries(value);
}

function valuesOf(value: Json, place: string): readonly string[] {
  const list: readonly Json[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) throw new MalformedPolicy(place, 'is an empty list');
  return list.map((item) => {
    if (typeof item === 'object')
      throw new MalformedPolicy(place, 'must be text, number or boolean');
    return String(item);
  });
}
