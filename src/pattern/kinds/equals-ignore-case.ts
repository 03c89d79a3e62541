import type { Condition } from '../leaf';
import { type Reader, readString } from '../reader';
import { isQuoted } from '../text';
import { equalsFolded, fold } from './fold';
import { onText } from './test';

/** Reads a string that a value must be, in upper or lower case. */
export function readEqualsIgnoreCase(reader: Reader): Condition {
  const operand = readString(reader, 'equals-ignore-case match pattern must be a string');
  const folded = fold(`"${operand}"`);
  return onText((text) => isQuoted(text) && equalsFolded(folded, text));
}
