import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { SandboxFailed } from './errors';

export interface RunOptions {
  readonly cwd?: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What it writes, to stdout and stderr alike, is appended here. */
  readonly log: string;
}

export interface Ran {
  readonly code: number | null;
  /** What it wrote, with stdout and stderr mixed as they came. */
  readonly output: string;
}

/** How much of a log an error quotes, characters. */
const QUOTED = 3000;

/** Runs a command to its end, whatever its exit code. */
export async function attempt(
  command: string,
  parts: readonly string[],
  { cwd, environment, log }: RunOptions,
): Promise<Ran> {
  mkdirSync(dirname(log), { recursive: true });
  const file = openSync(log, 'a');
  const start = statSync(log).size;
  try {
    writeSync(file, `$ ${command} ${parts.join(' ')}\n`);
    const child = spawn(command, parts, { cwd, env: environment, stdio: ['ignore', file, file] });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    return { code, output: readFileSync(log).subarray(start).toString() };
  } finally {
    closeSync(file);
  }
}

/**
 * Runs a command that must succeed and gives what it wrote.
 * @throws SandboxFailed with the end of what it wrote.
 */
export async function run(
  command: string,
  parts: readonly string[],
  options: RunOptions,
): Promise<string> {
  const { code, output } = await attempt(command, parts, options);
  if (code === 0) return output;
  const name = [command.split('/').at(-1), ...parts.slice(0, 2)].join(' ');
  throw new SandboxFailed(
    `${name} ended with ${code}; all of it is in ${options.log}\n${output.slice(-QUOTED)}`,
  );
}
