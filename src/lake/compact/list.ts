import type { Dirent } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { placeOf } from '../partition';
import { type ClassUid, isClass } from './read-lines';
import type { Refusals } from './refusal';

/** The one file a day; whatever else lies beside it is still to be compacted. */
export const COMPACTED = 'compacted.parquet';
/** Written aside, then renamed. Hive, Trino and DuckDB's globs pass over names with a dot before. */
export const DRAFT = `.${COMPACTED}.draft`;
export const LOCK = '.compacting';

/** An object in its place in the lake. */
export interface LakeObject {
  /** The path below the lake's root, with `/`. */
  readonly object: string;
  readonly file: string;
  readonly classUid: ClassUid;
  readonly day: string;
  readonly bytes: number;
  readonly format: 'lines' | 'gzip' | 'parquet';
  readonly isCompacted: boolean;
}

/**
 * The objects of a lake in the order of their paths, which of Firehose's is that of their making.
 * What has no place, is empty or larger than `largest` bytes is told to `refused`.
 */
export async function objectsOf(
  lake: string,
  refused: Refusals,
  largest: number,
): Promise<readonly LakeObject[]> {
  const found: LakeObject[] = [];
  for await (const { object, entry } of walk(lake, '')) {
    const place = placeOf(object);
    if (!entry.isFile() || place === undefined || !isClass(place.classUid)) {
      const reason = entry.isFile()
        ? 'it lies in no folder class=<2003|6003>/event_day=<YYYYMMDD>/'
        : 'it is neither file nor folder';
      refused.add({ object, kind: 'foreign-object', reason });
      continue;
    }
    const file = path.join(lake, object);
    const seen = await lookedAt(file);
    if (typeof seen === 'string') refused.add({ object, kind: 'unreadable', reason: seen });
    else if (seen.bytes === 0) refused.add({ object, kind: 'empty', reason: 'it has no bytes' });
    else if (seen.bytes > largest && seen.format !== 'parquet') {
      const reason = `it has ${seen.bytes} bytes, more than ${largest}`;
      refused.add({ object, kind: 'oversized', reason });
    } else {
      const isCompacted = path.basename(object) === COMPACTED;
      const { classUid, day } = place;
      found.push({ object, file, classUid, day, ...seen, isCompacted });
    }
  }
  return found;
}

async function* walk(
  root: string,
  below: string,
): AsyncGenerator<{ readonly object: string; readonly entry: Dirent }> {
  const entries = await readdir(path.join(root, below), { withFileTypes: true });
  for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    const object = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) yield* walk(root, object);
    else if (![DRAFT, LOCK].includes(entry.name)) yield { object, entry };
  }
}

/** What an object is, by its first bytes: Firehose's names tell nothing. */
async function lookedAt(
  file: string,
): Promise<{ readonly bytes: number; readonly format: LakeObject['format'] } | string> {
  try {
    const { size } = await stat(file);
    const handle = await open(file);
    try {
      const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
      const isGzip = buffer[0] === 0x1f && buffer[1] === 0x8b;
      const format = buffer.toString('latin1') === 'PAR1' ? 'parquet' : isGzip ? 'gzip' : 'lines';
      return { bytes: size, format };
    } finally {
      await handle.close();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
