import type { BitSet } from './bit-set';
import { areWords, copyWords } from './words';

/** Bytes; answers for longer values are not kept. */
const LONGEST_KEPT = 256;

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
export function recall(
  of: Memo,
  hash: number,
  view: DataView,
  start: number,
  end: number,
): BitSet | undefined {
  const known = of.slots[slotOf(of, hash)];
  return known !== undefined &&
    known.length === end - start &&
    areWords(view, start, known.length, known.words, 0)
    ? known.answer
    : undefined;
}

/** Whether the last value that wanted this slot was the same; from now on it is. */
export function wasAsked(of: Memo, hash: number): boolean {
  const slot = slotOf(of, hash);
  if (of.asked[slot] === hash) return true;
  of.asked[slot] = hash;
  return false;
}

/** Keeps the answer for a value that may be asked for again, unless it is long. */
export function remember(
  of: Memo,
  hash: number,
  view: DataView,
  { start, end, answer }: { readonly start: number; readonly end: number; readonly answer: BitSet },
): void {
  const length = end - start;
  if (length > LONGEST_KEPT) return;
  const words = new Int32Array((length + 3) >> 2);
  copyWords(view, start, length, words, 0);
  of.slots[slotOf(of, hash)] = { length, words, answer };
}
