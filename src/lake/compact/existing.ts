import { existsSync } from 'node:fs';
import path from 'node:path';
import { partitionOf } from '../partition';
import { type Database, literal } from './database';
import { COMPACTED, type LakeObject } from './list';
import { readParquet } from './parquet';
import type { ClassUid } from './read-lines';
import type { Refusal } from './refusal';

/**
 * What a day's file holds already, as SQL; nothing where there is none. It is bad where replacing
 * it would lose something: where it cannot be read whole, or holds what is no row of its day.
 */
export async function existingOf(
  database: Database,
  out: string,
  { classUid, day }: { readonly classUid: ClassUid; readonly day: string },
): Promise<
  | { readonly kind: 'rows'; readonly rows: readonly string[] }
  | { readonly kind: 'bad'; readonly refusal: Omit<Refusal, 'count'> }
> {
  const object = `${partitionOf(classUid, day)}${COMPACTED}`;
  const file = path.join(out, object);
  if (!existsSync(file)) return { kind: 'rows', rows: [] };
  const read = await readParquet(database, file, classUid);
  const bad = (reason: string) =>
    ({ kind: 'bad', refusal: { object, kind: 'bad-parquet', reason } }) as const;
  if (read.kind === 'bad') return bad(read.reason);
  if (read.strange > 0 || [...read.days.keys()].some((other) => other !== day))
    return bad('it holds rows of another day or class, which replacing it would lose');
  return { kind: 'rows', rows: [read.ofDay(day)] };
}

/** What is wrong with a day's file by its footer; undefined where it opens. */
export async function faultOf(
  database: Database,
  { file }: LakeObject,
): Promise<string | undefined> {
  try {
    await database.rows(`SELECT count(*) FROM read_parquet(${literal(file)})`);
    return undefined;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).split('\n')[0];
  }
}
