import { type AddressRange, isInRange } from './kinds/address';
import type { Glob } from './kinds/glob';
import { isQuoted } from './text';
import type { Value } from './value';

/** One entry of a pattern's leaf array. */
export type Condition =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'address'; readonly range: AddressRange }
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'test';
      readonly isNumeric: boolean;
      readonly holds: Test;
      /** The wildcards in it: EventBridge counts how complex they are. */
      readonly globs?: readonly Glob[];
    };

export type Test = (value: Value) => boolean;

/** A leaf array: a value fits where any of its entries holds. */
export interface Leaf {
  /** How the pattern writes it: equal texts are equal leaves. */
  readonly source: string;
  readonly texts: ReadonlySet<string>;
  readonly numbers: ReadonlySet<number>;
  readonly ranges: readonly AddressRange[];
  readonly tests: readonly Test[];
  readonly acceptsAbsent: boolean;
  readonly isNumeric: boolean;
  readonly globs: readonly (readonly Glob[])[];
}

export function leafOf(source: string, conditions: readonly Condition[]): Leaf {
  const of = <K extends Condition['kind']>(kind: K) =>
    conditions.filter((one): one is Extract<Condition, { kind: K }> => one.kind === kind);
  return {
    source,
    texts: new Set(of('text').map(({ text }) => text)),
    numbers: new Set(of('number').map(({ number }) => number)),
    ranges: of('address').map(({ range }) => range),
    tests: of('test').map(({ holds }) => holds),
    acceptsAbsent: of('absent').length > 0,
    isNumeric: of('number').length > 0 || of('test').some(({ isNumeric }) => isNumeric),
    globs: of('test').flatMap(({ globs }) => (globs === undefined ? [] : [globs])),
  };
}

/** Whether a leaf accepts a value. */
export function accepts(leaf: Leaf, value: Value): boolean {
  if (leaf.texts.has(value.text)) return true;
  if (leaf.numbers.size > 0) {
    const number = value.number();
    if (number !== undefined && leaf.numbers.has(number)) return true;
  }
  return passes(leaf, value);
}

/** Whether a leaf accepts a value for anything but its being one of the values it lists. */
export const passes = (leaf: Leaf, value: Value): boolean =>
  leaf.tests.some((holds) => holds(value)) || isInAnyRange(leaf, value);

/** Whether there is more to ask than which values a leaf lists. */
export const hasTests = ({ tests, ranges }: Leaf): boolean => tests.length + ranges.length > 0;

function isInAnyRange(leaf: Leaf, value: Value): boolean {
  if (leaf.ranges.length === 0) return false;
  const digits = isQuoted(value.text) ? value.address() : hexadecimal(leaf, value);
  return digits !== undefined && leaf.ranges.some((range) => isInRange(digits, range));
}

/** event-ruler reads a bare number as hexadecimal digits, unless the leaf compares numbers too. */
const hexadecimal = (leaf: Leaf, value: Value): string | undefined =>
  leaf.isNumeric && value.number() !== undefined ? undefined : value.text;
