/**
 * Maps items with at most `limit` at work at once; results keep the items' order. After a failure no
 * more are taken, those at work are awaited, and the first failure is thrown.
 */
export async function eachAtMost<T, O>(
  limit: number,
  items: readonly T[],
  work: (item: T) => Promise<O>,
): Promise<readonly O[]> {
  const results: O[] = [];
  const failures: unknown[] = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [i, item] of waiting) {
      try {
        results[i] = await work(item);
      } catch (failure) {
        failures.push(failure);
      }
      if (failures.length > 0) return;
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
}
