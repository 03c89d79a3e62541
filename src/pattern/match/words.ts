/** Bytes compared and hashed four at once; behind the last of them at least three can be read. */

/** @param words where the same bytes may be, from `offset` on, filled up with zeros */
export function areWords(
  view: DataView,
  at: number,
  length: number,
  words: Int32Array,
  offset: number,
): boolean {
  const end = at + length;
  let place = at;
  let word = offset;
  for (; place + 4 <= end; place += 4) {
    if (view.getInt32(place, true) !== words[word]) return false;
    word += 1;
  }
  const rest = (end - place) << 3;
  return rest === 0 || (view.getInt32(place, true) ^ (words[word] ?? 0)) << (32 - rest) === 0;
}

export function copyWords(
  view: DataView,
  at: number,
  length: number,
  words: Int32Array,
  offset: number,
): void {
  for (let done = 0; done < length; done += 4)
    words[offset + (done >> 2)] = wordAt(view, at + done, length - done);
}

/** Spreads well enough for events as they are; who makes bytes collide is only slower for it. */
export function hashOf(view: DataView, at: number, length: number): number {
  let hash = length;
  for (let done = 0; done < length; done += 4) {
    hash = Math.imul(hash ^ wordAt(view, at + done, length - done), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

function wordAt(view: DataView, at: number, left: number): number {
  const word = view.getInt32(at, true);
  return left >= 4 ? word : word & ((1 << (left << 3)) - 1);
}
