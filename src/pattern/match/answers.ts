import { passes } from '../leaf';
import { quoted } from '../text';
import { type Value, valueOfText } from '../value';
import { addAll, type BitSet } from './bit-set';
import type { EventBytes } from './event-bytes';
import type { PathIndex } from './rule-set';

/** The value between two bytes of an event. */
export function valueAt({ buffer }: EventBytes, start: number, end: number): Value {
  const written = buffer.toString('utf8', start, end);
  if (!written.includes('\\')) return valueOfText(written);
  return valueOfText(quoted(JSON.parse(written) as string));
}

/** The alternatives that a value of a path leaves standing. */
export function answerOf(index: PathIndex, value: Value): BitSet {
  const answer = index.free.slice();
  const listing = index.texts.get(value.text);
  if (listing !== undefined) addAll(answer, listing);
  if (index.numbers.size > 0) {
    const number = value.number();
    const equal = number === undefined ? undefined : index.numbers.get(number);
    if (equal !== undefined) addAll(answer, equal);
  }
  for (const { leaf, alternatives } of index.tested)
    if (passes(leaf, value)) addAll(answer, alternatives);
  return answer;
}
