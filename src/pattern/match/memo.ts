import type { BitSet } from './bit-set';
import { areWords, copyWords, hashOf } from './words';

/** Longer values are not kept. */
const LONGEST = 256;

/** Bytes of answers that one memo may hold. */
const LARGEST = 1 << 18;
const MOST_SLOTS = 1_024;

interface Answer {
  readonly length: number;
  readonly words: Int32Array;
  readonly answer: BitSet;
}

/**
 * Answers by the bytes of values, for one path. It has one slot for each hash: what events bring
 * only once neither stays here nor drives out what they bring often.
 */
export interface Memo {
  readonly slots: (Answer | undefined)[];
  /** Per slot the hash of the last value that had no answer. */
  readonly asked: Int32Array;
}

export function memo(words: number): Memo {
  let size = MOST_SLOTS;
  while (size > 16 && size * words * 4 > LARGEST) size /= 2;
  return { slots: new Array(size).fill(undefined), asked: new Int32Array(size) };
}

const slotOf = (of: Memo, hash: number): number => (hash >>> 4) & (of.slots.length - 1);

/** The answer for a value's bytes, where it is known. */
export function recall(of: Memo, view: DataView, start: number, end: number): BitSet | undefined {
  const length = end - start;
  if (length > LONGEST) return undefined;
  const known = of.slots[slotOf(of, hashOf(view, start, length))];
  return known !== undefined &&
    known.length === length &&
    areWords(view, start, length, known.words, 0)
    ? known.answer
    : undefined;
}

/** Keeps an answer if it is the second time that it had to be worked out. */
export function remember(
  of: Memo,
  view: DataView,
  { start, end, answer }: { readonly start: number; readonly end: number; readonly answer: BitSet },
): void {
  const length = end - start;
  if (length > LONGEST) return;
  const hash = hashOf(view, start, length);
  const slot = slotOf(of, hash);
  if (of.asked[slot] !== hash) {
    of.asked[slot] = hash;
    return;
  }
  const words = new Int32Array((length + 3) >> 2);
  copyWords(view, start, length, words, 0);
  of.slots[slot] = { length, words, answer };
}
