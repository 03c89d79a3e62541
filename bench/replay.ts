import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { AnyGuardrail } from '#core';
import { guardrails } from '#policies/guardrails/index';
import { replay } from '#replay';
import { workload } from './pattern-workload';

const RECORDS_PER_FILE = 500;
const COPIES = 5;
const WARM_UPS = 1;
const ROUNDS = 5;

interface Spent {
  readonly seconds: number;
  /** Of all threads. */
  readonly onProcessor: number;
}

async function spent(work: () => unknown): Promise<Spent> {
  const before = process.cpuUsage();
  const start = performance.now();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - start) / 1_000, onProcessor: (user + system) / 1e6 };
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** Log files of generated records, in a new folder. */
function logFiles(given: string | undefined): string {
  const records = workload(given).events.map((event) => JSON.parse(`${Buffer.from(event)}`).detail);
  const folder = mkdtempSync(path.join(tmpdir(), 'parapet-replay-'));
  const trail = path.join(folder, 'AWSLogs/444444444444/CloudTrail/us-east-1/2026/11/20');
  mkdirSync(trail, { recursive: true });
  for (let at = 0; at < records.length; at += RECORDS_PER_FILE) {
    for (let copy = 0; copy < COPIES; copy++) {
      const some = records.slice(at, at + RECORDS_PER_FILE);
      const text = JSON.stringify({
        Records: some.map((record) => ({ ...record, eventID: randomUUID() })),
      });
      writeFileSync(path.join(trail, `${at}-${copy}.json.gz`), gzipSync(text));
    }
  }
  return folder;
}

function gunzipAll(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.gz'))
    .reduce((sum, file) => sum + gunzipSync(readFileSync(path.join(folder, file))).length, 0);
}

const told = (all: readonly number[]): string =>
  `${median(all).toFixed(2)}x (${Math.min(...all).toFixed(2)}x to ${Math.max(...all).toFixed(2)}x)`;

/** Prints what replay costs beside gunzip alone; they take turns over the same files. */
async function compare(folder: string, some: readonly AnyGuardrail[]): Promise<void> {
  const replayed = (jobs: number) => replay({ paths: [folder], guardrails: some, scope: {}, jobs });
  const { read, woke } = await replayed(1);
  const rounds: { gunzip: Spent; one: Spent; two: Spent }[] = [];
  for (let round = 0; round < WARM_UPS + ROUNDS; round++)
    rounds.push({
      gunzip: await spent(() => gunzipAll(folder)),
      one: await spent(() => replayed(1)),
      two: await spent(() => replayed(2)),
    });
  const measured = rounds.slice(WARM_UPS);
  const seconds = median(measured.map(({ one }) => one.onProcessor));
  const ratios = measured.map(({ gunzip, one }) => gunzip.onProcessor / one.onProcessor);
  const gains = measured.map(({ one, two }) => one.seconds / two.seconds);
  process.stdout.write(
    `${some.length} guardrails: ${woke} of ${read.events} events in ${read.files} files wake one
  MB per second of processor time, before compression: ${(read.bytes / 1e6 / seconds).toFixed(0)}
  of the speed of gunzip alone, by processor time: ${told(ratios)}
  two jobs against one, elapsed: ${told(gains)}
`,
  );
}

async function main(): Promise<void> {
  const folder = logFiles(process.argv[2]);
  try {
    await compare(folder, guardrails);
    // Next to nothing to judge: what reading alone costs.
    await compare(
      folder,
      guardrails.filter(({ id }) => id === 'signin.root-login'),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

void main();
