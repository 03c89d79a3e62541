import { hasTests, type Leaf } from '../leaf';
import type { Alternative } from '../parse';
import { add, type BitSet, bitSet } from './bit-set';
import { hasEmptyPart, type PathTree, pathTree } from './path-tree';

/** What the values of one path must be. */
export interface Field {
  readonly path: number;
  readonly leaf: Leaf;
}

/** An alternative of some rule's pattern. */
export interface NumberedAlternative {
  /** The rule's place among the names, which are sorted. */
  readonly rule: number;
  readonly fields: Alternative;
}

/** The alternatives that have a condition on one path, by what they want there. */
export interface PathIndex {
  /** The alternatives with a condition on it, and those that hold where the path has no value. */
  readonly bound: BitSet;
  readonly absent: BitSet;
  /** Those without a condition on it. */
  readonly free: BitSet;
  /** The alternatives that list a value. */
  readonly texts: ReadonlyMap<string, readonly number[]>;
  readonly numbers: ReadonlyMap<number, readonly number[]>;
  /** Leaves that have more to ask. */
  readonly tested: readonly Tested[];
}

interface Tested {
  readonly leaf: Leaf;
  readonly alternatives: readonly number[];
}

/** Rules, turned round: from path to alternatives. */
export interface RuleSet {
  readonly tree: PathTree;
  /** By alternative: its rule, and its fields in the order of their paths. */
  readonly rules: Int32Array;
  readonly fields: readonly (readonly Field[])[];
  readonly all: BitSet;
  /** By path. */
  readonly indexes: readonly PathIndex[];
  /** All paths, those first that leave the fewest alternatives for the least work. */
  readonly order: readonly number[];
}

/** @param given sorted by rule */
export function ruleSet(given: readonly NumberedAlternative[]): RuleSet {
  // The order of UTF-16 units, which is both event-ruler's and `sort`'s: `exists: false` heeds it.
  const paths = [...new Set(given.flatMap(({ fields }) => [...fields.keys()]))].sort();
  const numbers = new Map(paths.map((path, number) => [path, number]));
  const fields = given.map((alternative) =>
    [...alternative.fields]
      .map(([path, leaf]) => ({ path: numbers.get(path) ?? -1, leaf }))
      .sort((one, other) => one.path - other.path),
  );
  const leaves: Map<string, { leaf: Leaf; alternatives: number[] }>[] = paths.map(() => new Map());
  for (const [alternative, its] of fields.entries())
    for (const { path, leaf } of its) {
      const known = leaves[path]?.get(leaf.source);
      if (known === undefined)
        leaves[path]?.set(leaf.source, { leaf, alternatives: [alternative] });
      else known.alternatives.push(alternative);
    }
  const indexes = leaves.map((of) => pathIndex([...of.values()], given.length));
  const worth = leaves.map((of) => worthOf([...of.values()]));
  const all = bitSet(given.length);
  for (const alternative of given.keys()) add(all, alternative);
  return {
    tree: pathTree(paths, paths.some(hasEmptyPart)),
    rules: Int32Array.from(given, ({ rule }) => rule),
    fields,
    all,
    indexes,
    order: [...paths.keys()].sort((one, other) => (worth[other] ?? 0) - (worth[one] ?? 0)),
  };
}

function pathIndex(leaves: readonly Tested[], size: number): PathIndex {
  const texts = new Map<string, number[]>();
  const numbers = new Map<number, number[]>();
  const bound = bitSet(size);
  const absent = bitSet(size);
  for (const { leaf, alternatives } of leaves) {
    for (const alternative of alternatives) {
      add(bound, alternative);
      if (leaf.acceptsAbsent) add(absent, alternative);
    }
    for (const text of leaf.texts) append(texts, text, alternatives);
    for (const number of leaf.numbers) append(numbers, number, alternatives);
  }
  const free = bitSet(size);
  for (let alternative = 0; alternative < size; alternative += 1) add(free, alternative);
  for (const word of free.keys()) {
    free[word] = (free[word] ?? 0) & ~(bound[word] ?? 0);
    absent[word] = (absent[word] ?? 0) | (free[word] ?? 0);
  }
  return {
    bound,
    absent,
    free,
    texts,
    numbers,
    tested: leaves.filter(({ leaf }) => hasTests(leaf)),
  };
}

/** How many alternatives want listed values, which are found at once. */
const worthOf = (leaves: readonly Tested[]): number =>
  leaves.reduce(
    (sum, { leaf, alternatives }) => sum + (hasTests(leaf) ? 0 : alternatives.length),
    0,
  );

function append<K>(to: Map<K, number[]>, key: K, what: readonly number[]): void {
  const known = to.get(key);
  if (known === undefined) to.set(key, [...what]);
  else for (const one of what) known.push(one);
}
