import type { Condition } from '../leaf';
import { quoted } from '../text';
import { addressDigits } from './address';
import { comparable } from './number';

/** A string that looks like an IP address stands for the address, in whatever spelling. */
export function stringLiteral(text: string): Condition {
  const digits = addressDigits(text);
  if (digits === undefined) return { kind: 'text', text: quoted(text) };
  return { kind: 'address', range: { bottom: digits, top: digits } };
}

/** A number is itself in every spelling; one that can't be compared is its own text only. */
export function numberLiteral(text: string): readonly Condition[] {
  const number = comparable(text);
  const asText: Condition = { kind: 'text', text };
  return number === undefined ? [asText] : [asText, { kind: 'number', number }];
}
