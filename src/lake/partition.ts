import type { LakeRow } from './rows';

/** The UTC day of a moment in epoch milliseconds, `YYYYMMDD`. */
export const dayOf = (time: number): string =>
  new Date(time).toISOString().slice(0, 10).replaceAll('-', '');

/** The folder of a class and a day, as Hive and Glue name partitions: `class=2003/event_day=20261121/`. */
export const partitionOf = (classUid: number, day: string): string =>
  `class=${classUid}/event_day=${day}/`;

/** Where a row belongs: by when it happened, not by when it arrived. */
export const folderOf = (row: Pick<LakeRow, 'class_uid' | 'time'>): string =>
  partitionOf(row.class_uid, dayOf(row.time));

/** Class and day of an object's path, where it lies in such a folder. */
export function placeOf(
  path: string,
): { readonly classUid: number; readonly day: string } | undefined {
  const found = /(?:^|\/)class=(\d+)\/event_day=(\d{8})\/[^/]+$/.exec(path);
  return found ? { classUid: Number(found[1]), day: String(found[2]) } : undefined;
}
