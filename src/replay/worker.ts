import { parentPort, workerData } from 'node:worker_threads';
import { compile } from '#pattern';
import { readFile } from './read-file';

const matcher = compile(workerData);

parentPort?.on('message', async (file: string) => {
  parentPort?.postMessage(await readFile(file, matcher));
});
