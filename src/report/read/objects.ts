import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { LOCK } from '#lake/compact/list';
import { placeOf } from '#lake/partition';
import { ReportError } from '../errors';
import { dashed } from '../period';
import { ROW_CLASSES, type RowClass } from './columns';
import type { Problem } from './problem';

/** An object of the lake that rows may be read from. */
export interface LakeObject {
  /** Below the lake's folder, with slashes. */
  readonly name: string;
  readonly file: string;
  readonly bytes: number;
  readonly rowClass: RowClass;
  /** `YYYY-MM-DD`, by its folder. */
  readonly day: string;
  readonly format: 'ndjson' | 'ndjson.gz' | 'parquet';
}

/** NDJSON objects above this are not read: Firehose writes at most 128 MiB before compression. */
export const LARGEST_NDJSON_BYTES = 512 * 1024 * 1024;

const FORMATS: readonly (readonly [RegExp, LakeObject['format']])[] = [
  [/\.parquet$/i, 'parquet'],
  [/\.gz$/i, 'ndjson.gz'],
  [/(\.(nd)?json|\.jsonl|\/[^./]+)$/i, 'ndjson'],
];

/** Every object of a lake, in the order of their names; what is none of it is a problem. */
export function objectsIn(folder: string): {
  readonly objects: readonly LakeObject[];
  readonly problems: readonly Problem[];
} {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new ReportError(`${folder} is no folder: --lake names the folder that holds class=2003/`);
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    // A compaction at work marks the folder; its mark is no object.
    .filter((entry) => entry.isFile() && entry.name !== LOCK)
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((name) => name.split(path.sep).join('/'))
    .sort();
  const objects: LakeObject[] = [];
  const problems: Problem[] = [];
  for (const name of names) {
    const found = objectAt(folder, name);
    if ('kind' in found) problems.push(found);
    else objects.push(found);
  }
  return { objects, problems };
}

function objectAt(folder: string, name: string): LakeObject | Problem {
  const file = path.join(folder, name);
  const bytes = statSync(file).size;
  const place = placeOf(name);
  const rowClass = ROW_CLASSES.find(({ classUid }) => classUid === place?.classUid);
  const format = FORMATS.find(([pattern]) => pattern.test(name))?.[1];
  const problem = (kind: Problem['kind'], what: string): Problem => ({
    object: name,
    kind,
    count: 1,
    what,
  });
  if (!place || !rowClass) return problem('foreign', 'lies in no folder of the lake');
  if (!format) return problem('foreign', 'is neither NDJSON nor Parquet');
  if (Number.isNaN(Date.parse(dashed(place.day))))
    return problem('foreign', `its folder names no day: ${place.day}`);
  if (bytes === 0) return problem('half-written', 'is empty');
  if (format !== 'parquet' && bytes > LARGEST_NDJSON_BYTES)
    return problem('oversized', `has ${bytes} bytes; at most ${LARGEST_NDJSON_BYTES} are read`);
  return { name, file, bytes, rowClass, day: dashed(place.day), format };
}
