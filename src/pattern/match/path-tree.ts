/** No node: nothing below here is asked for. */
export const NOWHERE = -1;

/** The root of every tree of paths. */
export const ROOT = 0;

/** All dotted paths that are asked for, key by key; keys with dots are several steps. */
export interface PathTree {
  /** By node: key → node. */
  readonly children: readonly ReadonlyMap<string, number>[];
  /** By node: the number of the path that ends here, or NOWHERE. */
  readonly pathAt: Int32Array;
  /** Whether keys without a name are looked into. */
  readonly knowsEmpty: boolean;
}

/** @param paths without duplicates; their numbers are their places in the list */
export function pathTree(paths: readonly string[], knowsEmpty: boolean): PathTree {
  const children: Map<string, number>[] = [new Map()];
  const ends = new Map<number, number>();
  for (const [number, path] of paths.entries()) {
    let node = ROOT;
    for (const key of path.split('.')) {
      const known = children[node]?.get(key);
      const next = known ?? children.push(new Map()) - 1;
      children[node]?.set(key, next);
      node = next;
    }
    ends.set(node, number);
  }
  const pathAt = Int32Array.from(children, (_, node) => ends.get(node) ?? NOWHERE);
  return { children, pathAt, knowsEmpty };
}

/** The node that a key of an event leads to from another node. */
export function follow(tree: PathTree, from: number, key: string): number {
  if (!tree.knowsEmpty && hasEmptyPart(key)) return NOWHERE;
  let node = from;
  for (const part of key.split('.')) {
    const next = tree.children[node]?.get(part);
    if (next === undefined) return NOWHERE;
    node = next;
  }
  return node;
}

/**
 * Whether a path or key has a part without a name, as Java splits it: what is empty at the end does
 * not count. event-ruler passes over such keys of events unless a path of the rule has one too.
 */
export const hasEmptyPart = (path: string): boolean => path === '' || /(^|\.)\.+[^.]/.test(path);
