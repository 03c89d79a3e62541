import type { Condition } from '../leaf';
import type { Reader } from '../reader';
import { wellFormed } from '../text';
import { readAffix } from './affix';
import { fold, foldedPrefix } from './fold';
import { onText } from './test';

/** Reads what a string must begin with. */
export function readPrefix(reader: Reader): Condition {
  const { operand, ignoresCase } = readAffix(reader, 'prefix');
  if (!ignoresCase) return onText(beginsWith(operand));
  const folded = fold(`"${operand}`);
  return onText((text) => foldedPrefix(folded, text) >= 0);
}

export function beginsWith(operand: string): (text: string) => boolean {
  const prefix = `"${wellFormed(operand)}`;
  return (text) => text.startsWith(prefix);
}
