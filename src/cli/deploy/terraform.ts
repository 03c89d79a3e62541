import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '#core';
import { TerraformFailed } from './errors';
import type { Direction } from './order';
import type { Stack } from './stacks';
import { type Counts, readOutput, type Told } from './terraform-output';

export interface TerraformOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** Where each stack's log is written. */
  readonly logs: string;
  /** Sends Terraform an interrupt: it ends what it does, writes its state and frees its lock. */
  readonly stop?: AbortSignal;
  /** @default terraform */
  readonly command?: string;
}

/** What Terraform does with one stack. Each is a process of its own: none can take another down. */
export interface Terraform {
  /** @throws TerraformFailed */
  init(stack: Stack): Promise<void>;
  /** Plans into a file that `apply` takes. @throws TerraformFailed */
  plan(stack: Stack, direction: Direction): Promise<Told>;
  /** Does what was planned, and nothing else. @throws TerraformFailed */
  apply(stack: Stack): Promise<Counts>;
  /** Removes the plan, which holds values of the state in the clear. */
  forget(stack: Stack): void;
}

const PLAN = 'parapet.tfplan';
/** A lock that another run holds is waited for. */
const LOCK = '-lock-timeout=60s';

export function terraformIn(options: TerraformOptions): Terraform {
  mkdirSync(options.logs, { recursive: true });
  const run = (stack: Stack, parts: readonly string[]) => runTerraform(stack, parts, options);
  return {
    async init(stack) {
      await run(stack, ['init', '-input=false', '-no-color']);
    },
    async plan(stack, direction) {
      const destroy = direction === 'remove' ? ['-destroy'] : [];
      return readOutput(
        await run(stack, ['plan', '-json', '-input=false', LOCK, `-out=${PLAN}`, ...destroy]),
      );
    },
    async apply(stack) {
      return readOutput(await run(stack, ['apply', '-json', '-input=false', LOCK, PLAN])).counts;
    },
    forget: ({ folder }) => rmSync(join(folder, PLAN), { force: true }),
  };
}

async function runTerraform(
  { id, folder }: Stack,
  parts: readonly string[],
  { environment, logs, stop, command = 'terraform' }: TerraformOptions,
): Promise<string> {
  const log = join(logs, `${id}.log`);
  appendFileSync(log, `$ ${command} ${parts.join(' ')}\n`);
  const child = spawn(command, parts, {
    cwd: folder,
    env: { ...environment, TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // An interrupt at the terminal must reach it once, through us: a second one makes it give up.
    detached: true,
  });
  const interrupt = () => child.kill('SIGINT');
  stop?.addEventListener('abort', interrupt, { once: true });
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
      appendFileSync(log, text);
    });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code === 0) return written.stdout;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw new UserError(
      `${command} is not installed, or not in PATH; install Terraform 1.10 or newer`,
      {
        cause,
      },
    );
  } finally {
    stop?.removeEventListener('abort', interrupt);
  }
  throw new TerraformFailed(
    `terraform ${parts[0]} of ${id} failed: ${whyIn(written)} (all of it: ${log})`,
  );
}

/** Its own errors; where it gave none as data, the end of what it wrote. */
function whyIn({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): string {
  const { errors } = readOutput(stdout);
  if (errors.length > 0) return errors.map(oneLine).join('; ');
  return oneLine(`${stderr}\n${stdout}`.slice(-2000)) || 'it was ended';
}

const oneLine = (text: string): string => text.replace(/[│╷╵]/g, ' ').replace(/\s+/g, ' ').trim();
