import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { awsEnvironment } from '#sandbox/environment';
import { placesIn } from '#sandbox/folder';
import type { Sandbox } from '#sandbox/record';
import { main } from './folders';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `parapet` as its users do, with an account's credentials and the sandbox's configuration. */
export function parapet(
  { folder, endpoint }: Sandbox,
  account: string,
  words: readonly string[],
): Promise<Ended> {
  const env = awsEnvironment(process.env, placesIn(folder), { endpoint, account });
  const config = ['--config', join(folder, 'parapet.yaml')];
  return new Promise((resolve, reject) => {
    // Not blocking: the SIEM's receiver lives in this process.
    const child = execFile(
      process.execPath,
      [main, ...words, ...config],
      { encoding: 'utf8', env, maxBuffer: 2 ** 28 },
      (_, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
    );
    child.once('error', reject);
  });
}
