import { type AddressRange, addressDigits, isInRange } from './address';
import type { Glob } from './glob';
import { comparable } from './number';
import { isQuoted } from './text';

/** One entry of a pattern's leaf array. Texts are as compared: strings quoted, the rest raw. */
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

export type Test = (text: string) => boolean;

/** A leaf array: a value fits where any of its entries holds. */
export interface Leaf {
  readonly texts: ReadonlySet<string>;
  readonly numbers: ReadonlySet<number>;
  readonly ranges: readonly AddressRange[];
  readonly tests: readonly Test[];
  readonly acceptsAbsent: boolean;
  readonly isNumeric: boolean;
  readonly globs: readonly (readonly Glob[])[];
}

export function leafOf(conditions: readonly Condition[]): Leaf {
  const of = <K extends Condition['kind']>(kind: K) =>
    conditions.filter((one): one is Extract<Condition, { kind: K }> => one.kind === kind);
  return {
    texts: new Set(of('text').map(({ text }) => text)),
    numbers: new Set(of('number').map(({ number }) => number)),
    ranges: of('address').map(({ range }) => range),
    tests: of('test').map(({ holds }) => holds),
    acceptsAbsent: of('absent').length > 0,
    isNumeric: of('number').length > 0 || of('test').some(({ isNumeric }) => isNumeric),
    globs: of('test').flatMap(({ globs }) => (globs === undefined ? [] : [globs])),
  };
}

/** Whether a leaf accepts a value's text. */
export function accepts(leaf: Leaf, text: string): boolean {
  if (leaf.texts.has(text)) return true;
  if (leaf.numbers.size > 0) {
    const number = comparable(text);
    if (number !== undefined && leaf.numbers.has(number)) return true;
  }
  return leaf.tests.some((holds) => holds(text)) || isInAnyRange(leaf, text);
}

function isInAnyRange(leaf: Leaf, text: string): boolean {
  if (leaf.ranges.length === 0) return false;
  const digits = isQuoted(text) ? addressDigits(text.slice(1, -1)) : hexadecimal(leaf, text);
  return digits !== undefined && leaf.ranges.some((range) => isInRange(digits, range));
}

/** event-ruler reads a bare number as hexadecimal digits, unless the leaf compares numbers too. */
const hexadecimal = (leaf: Leaf, text: string): string | undefined =>
  leaf.isNumeric && comparable(text) !== undefined ? undefined : text;
