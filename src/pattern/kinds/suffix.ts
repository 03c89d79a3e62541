import type { Condition } from '../leaf';
import type { Reader } from '../reader';
import { wellFormed } from '../text';
import { readAffix } from './affix';
import { endsWithFolded, fold } from './fold';
import { onText } from './test';

/** Reads what a string must end with. */
export function readSuffix(reader: Reader): Condition {
  const { operand, ignoresCase } = readAffix(reader, 'suffix');
  if (!ignoresCase) return onText(endsIn(operand));
  const folded = fold(`${operand}"`);
  return onText((text) => endsWithFolded(folded, text));
}

export function endsIn(operand: string): (text: string) => boolean {
  const suffix = `${wellFormed(operand)}"`;
  return (text) => text.endsWith(suffix);
}
