import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LakeBucket } from '#aws/lake';
import { copyDays, lastDecisionDay } from '#aws/lake-copy';
import type { Framework } from '#core';
import type { KnownAccount, ReportInput } from '#report/input';
import {
  before,
  DAY_MS,
  dashed,
  dayOf,
  endOf,
  type Period,
  periodOf,
  startOf,
} from '#report/period';
import { lastDayIn } from '#report/read/lake';
import type { Problem } from '#report/read/problem';
import { reportOn } from '#report/report';
import type { Report } from '#report/rows';

export interface MakeInput {
  readonly framework: Framework;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** RFC 3339: later decisions are left out. */
  readonly asOf?: string | undefined;
  readonly guardrails: ReportInput['guardrails'];
  readonly accounts?: readonly KnownAccount[] | undefined;
  readonly origin?: ReportInput['origin'];
  readonly version: string;
  readonly commit?: string | undefined;
  readonly tell: (line: string) => void;
}

/** Makes the report of a lake in a folder. */
export async function reportOfFolder(
  folder: string,
  input: MakeInput,
  found: readonly Problem[] = [],
): Promise<Report> {
  const period = periodOf(
    input,
    lastDayOf(input, () => lastDayIn(folder)),
  );
  input.tell(`Reading ${folder}, ${period.from} to ${period.to} …`);
  return reportOn(folder, { ...input, period }, found);
}

/** Makes the report of a lake in S3: the days it needs are copied into a folder of its own. */
export async function reportOfBucket(
  bucket: Pick<LakeBucket, 'list' | 'get'>,
  input: MakeInput,
): Promise<Report> {
  const last = input.to ?? (await lastDecisionDay(bucket).then((day) => day && dashed(day)));
  const period = periodOf(
    input,
    lastDayOf(input, () => last),
  );
  const folder = mkdtempSync(path.join(tmpdir(), 'parapet-lake-'));
  try {
    const { from, to } = foldersOf(period);
    input.tell(`Copying the days ${from} to ${to} …`);
    const copied = await copyDays(
      bucket,
      folder,
      (day) => dashed(day) >= from && dashed(day) <= to,
    );
    input.tell(`${copied.objects} objects, ${(copied.bytes / 1e6).toFixed(1)} MB.`);
    const foreign = copied.foreign.map(
      (object): Problem => ({
        ...{ object, kind: 'foreign', count: 1, what: 'lies in no folder of the lake' },
      }),
    );
    return await reportOfFolder(folder, { ...input, from: period.from, to: period.to }, foreign);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Without a last day that was asked for it is the lake's, or that of the moment to report as of. */
function lastDayOf({ asOf }: MakeInput, find: () => string | undefined): string | undefined {
  const last = find();
  const day = asOf === undefined ? undefined : dayOf(Date.parse(asOf));
  return day !== undefined && (last === undefined || day < last) ? day : last;
}

/** The folders that may hold rows of a period or of the one before it. */
const foldersOf = (period: Period): Period => ({
  from: dayOf(startOf(before(period).from) - DAY_MS),
  to: dayOf(endOf(period) + DAY_MS),
});
