import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LakeBucket } from '#aws/lake';
import { type Compacted, type CompactInput, compact, type Refusal } from '#lake/compact/index';
import { COMPACTED } from '#lake/compact/list';
import { LIMITS } from '#lake/compact/read-lines';
import { placeOf } from '#lake/partition';

/**
 * Compacts a lake in S3: the inputs are copied here, the days' files put back, each only in place
 * of the version it was made from, and the inputs removed last.
 * @throws UserError where another compaction has written a day's file meanwhile.
 */
export async function compactBucket(
  bucket: LakeBucket,
  options: Pick<CompactInput, 'days' | 'keep' | 'memory' | 'limits'>,
): Promise<Compacted> {
  const lake = await mkdtemp(path.join(tmpdir(), 'parapet-lake-'));
  try {
    const refused = await copyHere(bucket, lake, options);
    const versions = new Map<string, string | undefined>();
    const bring = async (object: string): Promise<void> => {
      versions.set(object, await bucket.get(object, path.join(lake, object)));
    };
    const done = await compact({ ...options, lake, bring });
    for (const { file } of done.days) {
      const name = path.relative(lake, file).split(path.sep).join('/');
      await bucket.put(file, name, versions.get(name));
    }
    await bucket.remove(done.removed);
    return {
      ...done,
      objects: done.objects + refused.length,
      refused: [...refused, ...done.refused],
    };
  } finally {
    await rm(lake, { recursive: true, force: true });
  }
}

/** Copies what has a place; keys are anybody's, so what is copied must name one and no way out. */
async function copyHere(
  bucket: LakeBucket,
  lake: string,
  { days, limits = LIMITS }: Pick<CompactInput, 'days' | 'limits'>,
): Promise<readonly Refusal[]> {
  const refused: Refusal[] = [];
  const refuse = (object: string, kind: Refusal['kind'], reason: string) =>
    refused.push({ object, kind, reason, count: 1 });
  for await (const { name, bytes } of bucket.list()) {
    const place = placeOf(name);
    const isInside = /^class=\d+\/event_day=\d{8}\/(?!\.{1,2}$)[^/\0]{1,255}$/.test(name);
    if (place === undefined || !isInside)
      refuse(name, 'foreign-object', 'it lies in no folder class=<uid>/event_day=<YYYYMMDD>/');
    else if (days?.has(place.day) === false || name.endsWith(`/${COMPACTED}`)) continue;
    else if (bytes > limits.objectBytes)
      refuse(name, 'oversized', `it has ${bytes} bytes, more than ${limits.objectBytes}`);
    else if ((await bucket.get(name, path.join(lake, name))) === undefined)
      refuse(name, 'unreadable', 'it was there and is gone: another compaction may be at work');
  }
  return refused;
}
