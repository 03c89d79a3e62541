/** A set of small numbers: 32 to a word. */
export type BitSet = Int32Array;

export const bitSet = (size: number): BitSet => new Int32Array((size + 31) >> 5);

export function add(set: BitSet, number: number): void {
  set[number >> 5] = (set[number >> 5] ?? 0) | (1 << (number & 31));
}

export function addAll(set: BitSet, numbers: readonly number[]): void {
  for (const number of numbers) add(set, number);
}

export function union(into: BitSet, other: BitSet): void {
  for (let word = 0; word < into.length; word += 1)
    into[word] = (into[word] ?? 0) | (other[word] ?? 0);
}
