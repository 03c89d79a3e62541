import path from 'node:path';
import type { LakeBucket } from './lake';

/** What was copied of a lake, and what lies in it that has no place there. */
export interface Copied {
  readonly objects: number;
  readonly bytes: number;
  /** Keys that name no folder of the lake; they are not copied. */
  readonly foreign: readonly string[];
}

/** `class=2003/event_day=20261121/<name>`: keys are anybody's, so that none may name a way out. */
const PLACE = /^class=\d+\/event_day=(\d{8})\/(?!\.{1,2}$)[^/\0]{1,255}$/;

/** How many objects are copied at once. */
const AT_ONCE = 16;

/** Copies the objects whose day is wanted into a folder, under their own names. */
export async function copyDays(
  bucket: Pick<LakeBucket, 'list' | 'get'>,
  folder: string,
  isWanted: (day: string) => boolean,
): Promise<Copied> {
  const foreign: string[] = [];
  const wanted: { readonly name: string; readonly bytes: number }[] = [];
  for await (const object of bucket.list()) {
    const day = PLACE.exec(object.name)?.[1];
    if (day === undefined) foreign.push(object.name);
    else if (isWanted(day)) wanted.push(object);
  }
  const waiting = wanted.values();
  const copy = async () => {
    for (const { name } of waiting) await bucket.get(name, path.join(folder, name));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, copy));
  return {
    objects: wanted.length,
    bytes: wanted.reduce((sum, { bytes }) => sum + bytes, 0),
    foreign,
  };
}

/** The last day of decisions, `YYYYMMDD`. */
export async function lastDecisionDay(
  bucket: Pick<LakeBucket, 'list'>,
): Promise<string | undefined> {
  let last: string | undefined;
  for await (const { name } of bucket.list()) {
    const day = name.startsWith('class=2003/') ? PLACE.exec(name)?.[1] : undefined;
    if (day !== undefined && (last === undefined || day > last)) last = day;
  }
  return last;
}
