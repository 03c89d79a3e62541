import { once } from 'node:events';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { compile, type PatternRule } from '#pattern';
import { type FileRead, readFile } from './read-file';

/** Reads one file at a time. */
export interface Reader {
  read(file: string): Promise<FileRead>;
  close(): Promise<void>;
}

/** Readers, each in a thread of its own; a single one needs none. */
export function readers(
  rules: readonly PatternRule[],
  { jobs, workerFile = path.join(__dirname, 'worker.js') }: { jobs: number; workerFile?: string },
): readonly Reader[] {
  if (jobs === 1) return [inProcess(rules)];
  return Array.from({ length: jobs }, () =>
    inThread(new Worker(workerFile, { workerData: rules })),
  );
}

function inProcess(rules: readonly PatternRule[]): Reader {
  const matcher = compile(rules);
  return { read: (file) => readFile(file, matcher), close: async () => undefined };
}

const inThread = (worker: Worker): Reader => ({
  async read(file) {
    // An error in the thread is thrown here.
    const answer = once(worker, 'message');
    worker.postMessage(file);
    const [read] = await answer;
    return read;
  },
  async close() {
    await worker.terminate();
  },
});
