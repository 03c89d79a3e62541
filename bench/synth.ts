import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { guardrails } from '#policies/guardrails/index';
import { buildApp } from '#stacks/app';
import { parseShard, type Shard } from '#stacks/shard';
import { synthOrganization } from './synth-organization';

/** What is measured, and what it may cost at most on two cores. */
interface Case {
  readonly accounts: number;
  readonly regions: number;
  readonly shards: number;
  readonly seconds: number;
  /** Of the largest process. */
  readonly megabytes: number;
}

interface Measured {
  readonly seconds: number;
  readonly megabytes: number;
}

const CASES: readonly Case[] = [
  { accounts: 100, regions: 17, shards: 1, seconds: 10, megabytes: 500 },
  { accounts: 1_000, regions: 17, shards: 2, seconds: 60, megabytes: 500 },
];

const RUNS = 3;

/** Shards at once: as many as there are cores. */
const AT_ONCE = 2;

const run = promisify(execFile);

/** One shard, in this process. Its peak is told to the parent on stdout. */
function synthesise([accounts, regions, shard, folder]: readonly string[]): void {
  if (folder === undefined || shard === undefined) throw new RangeError('a shard and a folder');
  const size = { accounts: Number(accounts), regions: Number(regions), folder };
  const part: Shard = parseShard(shard);
  const outdir = join(folder, `shard-${part.index}`);
  buildApp(synthOrganization(size), guardrails, { outdir, shard: part }).synth();
  process.stdout.write(String(process.resourceUsage().maxRSS / 1024));
}

/** All shards in processes of their own, with what it costs to start them. */
async function measure({ accounts, regions, shards }: Case): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-bench-'));
  const waiting = Array.from({ length: shards }, (_, index) => `${index + 1}/${shards}`);
  const peaks: number[] = [];
  const worker = async (): Promise<void> => {
    for (let shard = waiting.shift(); shard !== undefined; shard = waiting.shift()) {
      const parameters = [__filename, String(accounts), String(regions), shard, folder];
      peaks.push(Number((await run(process.execPath, parameters)).stdout));
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const seconds = (performance.now() - start) / 1000;
  rmSync(folder, { recursive: true });
  return { seconds, megabytes: Math.max(...peaks) };
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** Measures every case; exit code 1 where a median is above its target. */
async function main(): Promise<void> {
  const rows: Record<string, string | number>[] = [];
  for (const one of CASES) {
    const runs: Measured[] = [];
    for (let count = 0; count < RUNS; count += 1) runs.push(await measure(one));
    const seconds = median(runs.map((each) => each.seconds));
    const megabytes = median(runs.map((each) => each.megabytes));
    const isMet = seconds <= one.seconds && megabytes <= one.megabytes;
    if (!isMet) process.exitCode = 1;
    rows.push({
      'accounts × Regions': `${one.accounts} × ${one.regions}`,
      processes: one.shards,
      'seconds (median of 3)': seconds.toFixed(1),
      'at most, s': one.seconds,
      'peak RSS, MB': megabytes.toFixed(0),
      'at most, MB': one.megabytes,
      met: isMet ? 'yes' : 'no',
    });
  }
  console.table(rows);
}

const parameters = process.argv.slice(2);
if (parameters.length > 0) synthesise(parameters);
else void main();
