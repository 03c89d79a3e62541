import { accepts, type Leaf } from '../leaf';
import type { Alternative } from '../parse';
import { isQuoted, quoted } from '../text';
import { valueOfText } from '../value';

export type { Alternative } from '../parse';

/** What one path must be, as the checks ask about it. */
export interface Condition {
  /** All that fits, as written in JSON, where that is a list of plain values. */
  readonly values: readonly string[] | undefined;
  /** The strings that are named one by one, whatever else fits. */
  readonly strings: readonly string[];
  /** Whether more than plain values fits: prefixes, numbers in a range and their like. */
  readonly isOpen: boolean;
  /** Whether nothing but numbers fits. */
  readonly isNumeric: boolean;
  /** Whether it holds where the path is missing. */
  readonly acceptsAbsent: boolean;
  readonly isOnlyAbsent: boolean;
  allows(text: string): boolean;
}

/** What an alternative asks of a path; undefined where it asks nothing. */
export function conditionAt(alternative: Alternative, path: string): Condition | undefined {
  const leaf = alternative.get(path);
  return leaf && conditionOf(leaf);
}

/** Whether an alternative lets a path be a text. */
export const allowsAt = (alternative: Alternative, path: string, text: string): boolean =>
  conditionAt(alternative, path)?.allows(text) ?? true;

/** Of several tests it can't be told which of them are about numbers. */
const isNumeric = (leaf: Leaf): boolean =>
  leaf.isNumeric &&
  leaf.tests.length + leaf.ranges.length === 1 &&
  leaf.texts.size === leaf.numbers.size &&
  !accepts(leaf, valueOfText(quoted('text')));

function conditionOf(leaf: Leaf): Condition {
  const isOpen = leaf.tests.length + leaf.ranges.length > 0;
  const texts = [...leaf.texts];
  const isEmpty = !isOpen && texts.length + leaf.numbers.size === 0;
  return {
    values: isOpen || leaf.acceptsAbsent ? undefined : texts,
    strings: texts.filter(isQuoted).map((text) => text.slice(1, -1)),
    isOpen,
    isNumeric: isNumeric(leaf),
    acceptsAbsent: leaf.acceptsAbsent,
    isOnlyAbsent: leaf.acceptsAbsent && isEmpty,
    allows: (text) => accepts(leaf, valueOfText(quoted(text))),
  };
}
