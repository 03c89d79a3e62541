/** Something in the lake that could not be counted as what it should be. */
export interface Problem {
  /** The object's name below the lake. */
  readonly object: string;
  readonly kind: 'half-written' | 'duplicate' | 'foreign' | 'oversized' | 'unreadable';
  /** Rows, or 1 for a whole object. */
  readonly count: number;
  readonly what: string;
}

/** The same problem of the same object once, with the sum of its counts; in stable order. */
export function summed(problems: readonly Problem[]): readonly Problem[] {
  const byKey = new Map<string, Problem>();
  for (const one of problems) {
    const key = JSON.stringify([one.object, one.kind, one.what]);
    byKey.set(key, { ...one, count: one.count + (byKey.get(key)?.count ?? 0) });
  }
  return [...byKey.entries()]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, one]) => one);
}
