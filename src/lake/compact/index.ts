import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { partitionOf } from '../partition';
import { type Database, openDatabase } from './database';
import { existingOf, faultOf } from './existing';
import { COMPACTED, type LakeObject, objectsOf } from './list';
import { locked } from './lock';
import { type ReadParquet, readParquet } from './parquet';
import { type ClassUid, LIMITS, type Limits, rowsOf } from './read-lines';
import { type Refusal, type Refusals, refusals } from './refusal';
import { dayKey, type Stage, stage } from './stage';
import { type DaySources, type WrittenDay, writeDay } from './write-day';

export type { Refusal } from './refusal';

export interface CompactInput {
  /** The lake's root: `class=…/event_day=…/` lie below. */
  readonly lake: string;
  /** Where the files go; the lake itself where absent, and then inputs are removed after. */
  readonly out?: string;
  /** Only objects in these days' folders, `YYYYMMDD`; all where absent. */
  readonly days?: ReadonlySet<string>;
  /** Leaves the inputs where they are. */
  readonly keep?: boolean;
  /** Brings the file of a day that is there already, by its path below `out`, from elsewhere. */
  readonly bring?: (object: string) => Promise<void>;
  readonly limits?: Limits;
  /** DuckDB's memory, e.g. `1GB`. */
  readonly memory?: string;
}

export interface CompactedDay extends WrittenDay {
  readonly classUid: number;
  readonly day: string;
}

export interface Compacted {
  /** Objects that were looked at, refused ones too. */
  readonly objects: number;
  readonly days: readonly CompactedDay[];
  readonly refused: readonly Refusal[];
  /** Paths below the lake of the inputs that are in the days' files now and were removed. */
  readonly removed: readonly string[];
}

/**
 * Makes one Parquet file a class and day of whatever lies in a lake. Rows are filed by when they
 * happened, wherever their object lies. Safe to repeat and to interrupt: an input is removed only
 * when all it holds is in files that are in place, and one with anything refused stays.
 * @throws LakeBusy where another compaction is at work; CompactionFailed; errors of the disk.
 */
export async function compact(input: CompactInput): Promise<Compacted> {
  const out = input.out ?? input.lake;
  mkdirSync(out, { recursive: true });
  const release = locked(out);
  const folder = await mkdtemp(path.join(tmpdir(), 'parapet-compact-'));
  try {
    const database = await openDatabase({ folder, memory: input.memory ?? '1GB' });
    try {
      return await compactWith({ input, out, database, staged: stage(folder) });
    } finally {
      database.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
    release();
  }
}

interface Work {
  readonly input: CompactInput;
  readonly out: string;
  readonly database: Database;
  readonly staged: Stage;
}

/** What one input has given, and to which days. */
interface Given {
  readonly object: LakeObject;
  readonly days: ReadonlySet<string>;
}

async function compactWith(work: Work): Promise<Compacted> {
  const { input, out, database, staged } = work;
  const refused = refusals();
  const limits = input.limits ?? LIMITS;
  const all = await objectsOf(input.lake, refused, limits.objectBytes);
  const chosen = all.filter(({ day }) => input.days?.has(day) ?? true);
  const isInPlace = path.resolve(out) === path.resolve(input.lake);
  const parquet = new Map<string, string[]>();
  const given: Given[] = [];
  for (const object of chosen) {
    if (isInPlace && object.isCompacted) {
      const fault = await faultOf(database, object);
      if (fault !== undefined)
        refused.add({ object: object.object, kind: 'bad-parquet', reason: fault });
      continue;
    }
    const days =
      object.format === 'parquet'
        ? await takeParquet(object, work, parquet, refused)
        : await takeLines(object, staged, limits, refused);
    given.push({ object, days });
  }
  staged.flush();
  const keys = [...new Set([...staged.keys(), ...parquet.keys()])].toSorted();
  const days: CompactedDay[] = [];
  for (const key of keys) {
    const sources = await sourcesOf(key, work, parquet, refused);
    if (sources === undefined) continue;
    const { classUid, day } = sources;
    days.push({ classUid, day, ...(await writeDay(database, out, sources)) });
  }
  const written = new Set(days.map(({ classUid, day }) => `${classUid}/${day}`));
  const done = given.filter(
    ({ object, days: to }) =>
      !refused.has(object.object) && [...to].every((key) => written.has(key)),
  );
  const removed = isInPlace && !input.keep ? done.map(({ object }) => object) : [];
  for (const { file } of removed) await rm(file);
  return {
    objects: chosen.length + refused.all().filter(({ object }) => isOutside(object, all)).length,
    days,
    refused: refused.all(),
    removed: removed.map(({ object }) => object),
  };
}

const isOutside = (object: string, all: readonly LakeObject[]): boolean =>
  !all.some((one) => one.object === object);

async function takeLines(
  { object, file, classUid, format }: LakeObject,
  staged: Stage,
  limits: Limits,
  refused: Refusals,
): Promise<ReadonlySet<string>> {
  const days = new Set<string>();
  const source = { object, file, classUid, isGzip: format === 'gzip' };
  for await (const { day, line } of rowsOf(source, refused, limits)) {
    const key = dayKey(classUid, day);
    days.add(key);
    staged.add(key, line);
  }
  return days;
}

async function takeParquet(
  { object, file, classUid }: LakeObject,
  { database }: Work,
  parquet: Map<string, string[]>,
  refused: Refusals,
): Promise<ReadonlySet<string>> {
  const read = await readParquet(database, file, classUid);
  refuseParquet(read, object, refused);
  if (read.kind === 'bad') return new Set();
  const keys = [...read.days.keys()].map(
    (day) => [dayKey(classUid, day), read.ofDay(day)] as const,
  );
  for (const [key, rows] of keys) parquet.set(key, [...(parquet.get(key) ?? []), rows]);
  return new Set(keys.map(([key]) => key));
}

function refuseParquet(read: ReadParquet, object: string, refused: Refusals): void {
  if (read.kind === 'bad') refused.add({ object, kind: 'bad-parquet', reason: read.reason });
  else if (read.strange > 0) {
    const reason = `${read.strange} rows of another class, without time or without metadata.uid`;
    refused.add({ object, kind: 'not-a-row', reason });
  }
}

/**
 * All that a day's file is made of, the file that is there first. Where that one cannot be read the
 * day is left as it is: replacing it would lose what it holds.
 */
async function sourcesOf(
  key: string,
  { input, out, database, staged }: Work,
  parquet: ReadonlyMap<string, readonly string[]>,
  refused: Refusals,
): Promise<DaySources | undefined> {
  const [uid, day = ''] = key.split('/');
  const classUid = Number(uid) as ClassUid;
  const lines = staged.of(key)?.file;
  await input.bring?.(`${partitionOf(classUid, day)}${COMPACTED}`);
  const existing = await existingOf(database, out, { classUid, day });
  if (existing.kind === 'bad') {
    refused.add(existing.refusal);
    return undefined;
  }
  return {
    ...{ classUid, day },
    parquet: [...existing.rows, ...(parquet.get(key) ?? [])],
    ...(lines === undefined ? {} : { lines }),
  };
}
