import type { EventBytes } from './event-bytes';
import { follow, type PathTree } from './path-tree';
import { areWords, copyWords, hashOf } from './words';

/** So many keys are learned at most: what events have again and again is soon among them. */
const MOST = 1_024;

/** Longer keys are not learned. */
const LONGEST_KEY = 60;

/** Places looked at for one key: keys that were chosen to collide must not be searched for long. */
const MOST_PROBES = 8;

/** No key: the one before the first of an object, and the one that was not learned. */
export const NO_KEY = 0;

/** Of each learned key: the one that stood behind it, its node, where it leads, its bytes. */
export const BEHIND = 0;
const NODE = 1;
export const TARGET = 2;
export const LENGTH = 3;
const WORDS = 4;
const COLUMNS = WORDS + (LONGEST_KEY + 4) / 4;

/**
 * Keys of objects on the way to paths, each with the one that stood behind it last. Events of one
 * kind have the same keys in the same order, and to compare bytes is cheaper than to find their end.
 */
export interface KnownKeys {
  readonly tree: PathTree;
  /** Hash of node and key → key. */
  readonly table: Int32Array;
  /** By node: the key that was first in its object. */
  readonly first: Int32Array;
  /** The columns of the first key, of the second … A key's number is the place of its columns. */
  readonly learned: Int32Array;
  used: number;
}

export const knownKeys = (tree: PathTree): KnownKeys => ({
  tree,
  table: new Int32Array(2 * MOST),
  first: new Int32Array(tree.children.length),
  learned: new Int32Array(MOST * COLUMNS),
  used: COLUMNS,
});

/** Whether a key stands at a place, with its closing quote and a colon. */
export const isKeyAt = (learned: Int32Array, key: number, view: DataView, at: number): boolean =>
  areWords(view, at, learned[key + LENGTH] ?? 0, learned, key + WORDS);

/**
 * The key that ends with its quote and a colon, learned where there is room for it.
 * @returns NO_KEY where there is none
 */
export function keyOf(
  keys: KnownKeys,
  { view, buffer }: EventBytes,
  node: number,
  from: number,
  to: number,
): number {
  const { learned } = keys;
  const length = to - from;
  if (length > LONGEST_KEY + 2) return NO_KEY;
  const hash = hashOf(view, from, length) ^ Math.imul(node, 0x85ebca6b);
  for (let probe = 0; probe < MOST_PROBES; probe += 1) {
    const slot = ((hash >>> 8) + probe) & (2 * MOST - 1);
    const key = keys.table[slot] ?? NO_KEY;
    if (key === NO_KEY) {
      if (keys.used === learned.length) return NO_KEY;
      const added = keys.used;
      keys.used += COLUMNS;
      keys.table[slot] = added;
      learned[added + NODE] = node;
      learned[added + TARGET] = targetOf(keys.tree, buffer, node, from, to - 1);
      learned[added + LENGTH] = length;
      copyWords(view, from, length, learned, added + WORDS);
      return added;
    }
    if (
      learned[key + NODE] === node &&
      learned[key + LENGTH] === length &&
      isKeyAt(learned, key, view, from)
    )
      return key;
  }
  return NO_KEY;
}

/** Where the key between two places leads to; its closing quote is the last byte. */
export function targetOf(
  tree: PathTree,
  buffer: Buffer,
  node: number,
  from: number,
  to: number,
): number {
  const text = buffer.toString('utf8', from - 1, to);
  const key = text.includes('\\') ? (JSON.parse(text) as string) : text.slice(1, -1);
  return follow(tree, node, key);
}
