import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Framework } from '#core';
import { frameworks } from '#policies/frameworks/index';
import { guardrails } from '#policies/guardrails/index';
import { renderHtml } from '#report/html/page';
import { dayOf } from '#report/period';
import { reportOn } from '#report/report';
import { FIRST_DAY, type LakeSize, writeBenchLake } from './report-lake';

const run = promisify(execFile);

const SIZE: LakeSize = { rows: 10_000_000, accounts: 200, guardrails: 8, days: 90 };
/** On two cores that nobody else uses. */
const AT_MOST = { seconds: 5, megabytes: 2000 };
const RUNS = 3;

/** Makes the report of a lake once, as a process of its own; prints seconds and megabytes. */
async function report(lake: string): Promise<void> {
  const [framework] = frameworks as readonly [Framework, ...Framework[]];
  const period = { from: dayOf(FIRST_DAY), to: dayOf(FIRST_DAY + (SIZE.days - 1) * 86_400_000) };
  const start = performance.now();
  const made = await reportOn(lake, { period, framework, guardrails, version: 'bench' });
  const page = renderHtml(made);
  const seconds = (performance.now() - start) / 1000;
  writeFileSync(join(lake, '..', 'report.html'), page);
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.stdout.write(
    JSON.stringify({
      decisions: made.totals.decisions,
      seconds,
      processorSeconds: (userCPUTime + systemCPUTime) / 1e6,
      megabytes: (maxRSS * 1024) / 1e6,
      pageBytes: Buffer.byteLength(page),
    }),
  );
}

interface Measured {
  readonly decisions: number;
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly megabytes: number;
  readonly pageBytes: number;
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** Writes the lake, reports on it three times; exit code 1 where a median is above its target. */
async function main(given: string | undefined): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-bench-'));
  const lake = given ?? join(folder, 'lake');
  try {
    if (given === undefined) {
      process.stderr.write(`Writing ${SIZE.rows} decisions …\n`);
      await writeBenchLake(lake, SIZE);
    }
    const runs: Measured[] = [];
    for (let count = 0; count < RUNS; count += 1)
      runs.push(JSON.parse((await run(process.execPath, [__filename, '--once', lake])).stdout));
    const of = (key: keyof Measured) => median(runs.map((one) => one[key]));
    const isMet = of('seconds') <= AT_MOST.seconds && of('megabytes') < AT_MOST.megabytes;
    if (!isMet) process.exitCode = 1;
    console.log(
      `The report of ${SIZE.days} days of compacted decisions, no events: opened, asked, rendered as HTML; ` +
        'a process each time, without the start of Node.js.',
    );
    console.table([
      {
        decisions: of('decisions'),
        'seconds (median of 3)': of('seconds').toFixed(2),
        'at most, s': AT_MOST.seconds,
        'processor, s': of('processorSeconds').toFixed(1),
        'peak RSS, MB': of('megabytes').toFixed(0),
        'below, MB': AT_MOST.megabytes,
        'page, kB': (of('pageBytes') / 1000).toFixed(0),
        met: isMet ? 'yes' : 'no',
      },
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [first, second] = process.argv.slice(2);
if (first === '--once' && second !== undefined) void report(second);
else void main(first);
