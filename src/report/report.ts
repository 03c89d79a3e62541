import { buildReport } from './build';
import type { ReportInput } from './input';
import { openLake } from './read/lake';
import type { Problem } from './read/problem';
import type { Report } from './rows';

/**
 * The report of a lake in a folder. Where an object looks whole and turns out not to be, each is
 * read through, and the report made again without those that cannot be. `found`: problems from
 * before, such as of the copying.
 * @throws ReportError where the folder is none.
 */
export async function reportOn(
  folder: string,
  input: ReportInput,
  found: readonly Problem[] = [],
): Promise<Report> {
  try {
    return await build(folder, input, { found, isProven: false });
  } catch (error) {
    const proven = await build(folder, input, { found, isProven: true });
    if (!proven.completeness.problems.some(({ kind }) => kind === 'half-written')) throw error;
    return proven;
  }
}

async function build(
  folder: string,
  input: ReportInput,
  { found, isProven }: { readonly found: readonly Problem[]; readonly isProven: boolean },
): Promise<Report> {
  const until = input.asOf === undefined ? undefined : Date.parse(input.asOf) + 1;
  const lake = await openLake(folder, input.period, { until, isProven });
  try {
    return await buildReport({ ...lake, problems: [...found, ...lake.problems] }, input);
  } finally {
    lake.close();
  }
}
