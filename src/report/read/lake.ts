import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { COMPACTED } from '#lake/compact/list';
import { before, DAY_MS, dayOf, endOf, type Period, startOf } from '../period';
import { withoutCopies, withoutWrong } from './cleaned';
import { ROW_CLASSES, type RowClass } from './columns';
import { type Ask, type Database, openDatabase } from './database';
import { type LakeObject, objectsIn } from './objects';
import { type ParquetGroup, parquetGroups } from './parquet';
import { type Problem, summed } from './problem';
import { brokenOf, flatten, groupSql, linesSql, solidSql } from './sources';

/**
 * A lake that questions can be asked of. Tables `decisions` and `events` hold the period, each row
 * once; `decisions_before` the period of the same length before it.
 */
export interface Lake {
  readonly ask: Ask;
  /** Objects and bytes that were read, by class and day. */
  readonly read: readonly ReadDay[];
  /** The same one by one, in the order of their names. */
  readonly objects: readonly LakeObject[];
  readonly problems: readonly Problem[];
  close(): void;
}

/** What was read of one day's folder. */
export interface ReadDay {
  readonly table: RowClass['table'];
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly objects: number;
  readonly bytes: number;
}

/** The last day that has a folder of decisions, `YYYY-MM-DD`. */
export function lastDayIn(folder: string): string | undefined {
  const { objects } = objectsIn(folder);
  return objects
    .filter(({ rowClass }) => rowClass.table === 'decisions')
    .map(({ day }) => day)
    .sort()
    .at(-1);
}

interface Options {
  /** Rows from here on are left out, epoch milliseconds. */
  readonly until?: number | undefined;
  /** Whether every Parquet object is read whole before it is used: dear, and so only after a failure. */
  readonly isProven?: boolean;
}

/** A folder's day may be that of the delivery: rows of a period lie up to two days later. */
const DELIVERY_DAYS = 2;

/**
 * Opens the objects of a lake whose folders may hold rows of the period. What is half-written,
 * doubled, foreign or too large is told as a problem, and everything else is read.
 * @throws ReportError where the folder is none.
 */
export async function openLake(
  folder: string,
  period: Period,
  options: Options = {},
): Promise<Lake> {
  const found = objectsIn(folder);
  const from = dayOf(startOf(before(period).from) - DAY_MS);
  const to = dayOf(startOf(period.to) + DELIVERY_DAYS * DAY_MS);
  const objects = found.objects.filter(({ day }) => day >= from && day <= to);
  const own = mkdtempSync(path.join(tmpdir(), 'parapet-report-'));
  const database = await openDatabase([folder, own], own);
  const close = () => {
    database.close();
    rmSync(own, { recursive: true, force: true });
  };
  try {
    const problems: Problem[] = [...found.problems];
    for (const rowClass of ROW_CLASSES) {
      const some = objects.filter((object) => object.rowClass === rowClass);
      problems.push(
        ...(await readClass({ rowClass, objects: some, period, own, ...options }, database)),
      );
    }
    return {
      ...{ ask: database.ask, read: readDays(objects), objects },
      ...{ problems: summed(problems), close },
    };
  } catch (error) {
    close();
    throw error;
  }
}

function readDays(objects: readonly LakeObject[]): readonly ReadDay[] {
  const days = new Map<string, ReadDay>();
  for (const { rowClass, day, bytes } of objects) {
    const { table } = rowClass;
    const sum = days.get(`${table} ${day}`) ?? { table, day, objects: 0, bytes: 0 };
    const added = { ...sum, objects: sum.objects + 1, bytes: sum.bytes + bytes };
    days.set(`${table} ${day}`, added);
  }
  return [...days.values()];
}

interface Reading extends Options {
  readonly rowClass: RowClass;
  readonly objects: readonly LakeObject[];
  readonly period: Period;
  /** A folder of our own. */
  readonly own: string;
}

/** `parapet lake compact` leaves one file a day in which each row is once. */
const isCompacted = ({ name }: LakeObject): boolean => name.endsWith(`/${COMPACTED}`);

/** Makes the table of a class; gives what is wrong with its objects. */
async function readClass(reading: Reading, { ask }: Database): Promise<readonly Problem[]> {
  const { rowClass, objects, period, until = endOf(period) } = reading;
  const { table, columns } = rowClass;
  const names = columns.map(({ name }) => name);
  const lines = await flatten(reading);
  const parquet = await parquetGroups(
    ask,
    objects.filter(({ format }) => format === 'parquet'),
  );
  const broken = reading.isProven ? await brokenOf(ask, parquet.groups, names) : [];
  const whole = ({ name }: LakeObject) => !broken.some(({ object }) => object === name);
  const loose = only(parquet.groups, (one) => whole(one) && !isCompacted(one));
  const solid = only(parquet.groups, (one) => whole(one) && isCompacted(one));
  const both = `moment >= ${startOf(before(period).from)} AND moment < ${Math.min(until, endOf(period))}`;
  const parts = [linesSql(rowClass, lines.file), ...loose.map((group) => groupSql(group, names))];
  await ask(`CREATE TABLE ${table}_loose AS
    SELECT * FROM (${parts.join(' UNION ALL ')}) WHERE ${both}`);
  await ask(
    `CREATE VIEW ${table}_solid AS SELECT * FROM (${solidSql(solid, rowClass)}) WHERE ${both}`,
  );
  const tables = { ask, rowClass, nameOf: new Map(objects.map(({ file, name }) => [file, name])) };
  const wrong = await withoutWrong(tables);
  const copies = await withoutCopies(tables);
  for (const [view, when] of [
    [table, within(period)],
    [`${table}_before`, within(before(period))],
  ])
    await ask(`CREATE VIEW ${view} AS SELECT ${names.join(', ')} FROM ${table}_solid WHERE ${when}
      UNION ALL SELECT ${names.join(', ')} FROM ${table}_loose WHERE ${when}`);
  return [...lines.problems, ...parquet.problems, ...broken, ...wrong, ...copies];
}

const only = (
  groups: readonly ParquetGroup[],
  is: (object: LakeObject) => boolean,
): readonly ParquetGroup[] =>
  groups
    .map((group) => ({ ...group, objects: group.objects.filter(is) }))
    .filter(({ objects }) => objects.length > 0);

const within = (period: Period): string =>
  `moment >= ${startOf(period.from)} AND moment < ${endOf(period)}`;
