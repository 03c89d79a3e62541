import type { EventBytes } from './event-bytes';
import { follow, type PathTree } from './path-tree';
import { areWords, copyWords, hashOf } from './words';

/** So many keys are learned at most: what events have again and again is soon among them. */
const MOST = 2_048;

/** Longer keys are not learned. */
const LONGEST_KEY = 60;

/** Places looked at for one key: keys that were chosen to collide must not be searched for long. */
const MOST_PROBES = 8;

/** No key: the one before the first of an object, and the one that was not learned. */
export const NO_KEY = 0;

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
  /** By key: the key that stood behind it, its node, the node it leads to, its bytes. */
  readonly behind: Int32Array;
  readonly node: Int32Array;
  readonly target: Int32Array;
  readonly length: Int32Array;
  readonly words: Int32Array;
  count: number;
}

const WORDS = (LONGEST_KEY + 4) / 4;

export const knownKeys = (tree: PathTree): KnownKeys => ({
  tree,
  table: new Int32Array(2 * MOST),
  first: new Int32Array(tree.children.length),
  behind: new Int32Array(MOST),
  node: new Int32Array(MOST),
  target: new Int32Array(MOST),
  length: new Int32Array(MOST),
  words: new Int32Array(MOST * WORDS),
  count: 1,
});

/** Whether a key stands at a place, with its closing quote and a colon. */
export const isKeyAt = (keys: KnownKeys, key: number, view: DataView, at: number): boolean =>
  areWords(view, at, keys.length[key] ?? 0, keys.words, key * WORDS);

/**
 * The key with its closing quote and colon between two places, learned if it can be.
 * @returns NO_KEY where it can't
 */
export function keyOf(
  keys: KnownKeys,
  { view, buffer }: EventBytes,
  node: number,
  from: number,
  to: number,
): number {
  const length = to - from;
  if (length > LONGEST_KEY + 2) return NO_KEY;
  const hash = hashOf(view, from, length) ^ Math.imul(node, 0x85ebca6b);
  for (let probe = 0; probe < MOST_PROBES; probe += 1) {
    const slot = ((hash >>> 8) + probe) & (2 * MOST - 1);
    const key = keys.table[slot] ?? NO_KEY;
    if (key === NO_KEY) return learn(keys, { view, buffer, node, from, to, slot });
    if (keys.node[key] === node && keys.length[key] === length && isKeyAt(keys, key, view, from))
      return key;
  }
  return NO_KEY;
}

function learn(
  keys: KnownKeys,
  {
    view,
    buffer,
    node,
    from,
    to,
    slot,
  }: Pick<EventBytes, 'view' | 'buffer'> & {
    readonly node: number;
    readonly from: number;
    readonly to: number;
    readonly slot: number;
  },
): number {
  if (keys.count === MOST) return NO_KEY;
  const key = keys.count;
  keys.count += 1;
  keys.table[slot] = key;
  keys.node[key] = node;
  keys.target[key] = targetOf(keys.tree, buffer, node, from, to - 1);
  keys.length[key] = to - from;
  copyWords(view, from, to - from, keys.words, key * WORDS);
  return key;
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
