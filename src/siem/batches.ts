import type { Encoded } from './protocol';

/**
 * Cuts a sequence into batches, in order, none above the limits. A record that is larger than a
 * whole batch stands alone.
 */
export function batchesOf(
  all: readonly Encoded[],
  most: { readonly bytes: number; readonly records: number },
): Encoded[][] {
  const batches: Encoded[][] = [];
  let batch: Encoded[] = [];
  let bytes = 0;
  for (const one of all) {
    const isFull = bytes + one.bytes.length > most.bytes || batch.length >= most.records;
    if (batch.length > 0 && isFull) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(one);
    bytes += one.bytes.length;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

export const bytesOf = (batch: readonly Encoded[]): number =>
  batch.reduce((sum, { bytes }) => sum + bytes.length, 0);

/** Takes the record at an index out of its neighbours, or halves where there is no such index. */
export function around<T>(batch: readonly T[], index: number | undefined): T[][] {
  const isInside = index !== undefined && Number.isInteger(index) && batch[index] !== undefined;
  const cuts = isInside ? [index, index + 1] : [Math.ceil(batch.length / 2)];
  return [0, ...cuts]
    .map((start, turn) => batch.slice(start, cuts[turn] ?? batch.length))
    .filter((part) => part.length > 0);
}
