import { execFileSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';

interface Listed {
  readonly pid: number;
  readonly parent: number;
  readonly state: string;
  readonly command: string;
}

/** How long a process may take to end by itself, milliseconds. */
const GRACE_MS = 5000;
const ASK_AGAIN_MS = 50;

/** Whether a process lives whose command line has this mark: a process id alone may be used again. */
export const isRunning = (pid: number, mark: string): boolean =>
  listed().some((one) => one.pid === pid && one.command.includes(mark) && !isDead(one));

/**
 * Ends a process: asks it first, then kills it, and with it all that it has started, even what
 * leads a process group of its own.
 */
export async function end(pid: number): Promise<void> {
  const started = descendantsOf(pid);
  signal(pid, 'SIGTERM');
  const until = Date.now() + GRACE_MS;
  while (Date.now() < until && listed().some((one) => one.pid === pid && !isDead(one)))
    await setTimeout(ASK_AGAIN_MS);
  const left = new Set(listed().map(key));
  for (const one of started) if (left.has(key(one))) signal(one.pid, 'SIGKILL');
}

const key = ({ pid, command }: Listed): string => `${pid} ${command}`;

/** The process itself and everything below it. */
function descendantsOf(pid: number): readonly Listed[] {
  const all = listed();
  const found = all.filter((one) => one.pid === pid);
  for (const one of found) found.push(...all.filter(({ parent }) => parent === one.pid));
  return found;
}

const isDead = ({ state }: Listed): boolean => state.startsWith('Z');

/** Linux and macOS know these columns alike. */
function listed(): readonly Listed[] {
  const columns = ['pid=', 'ppid=', 'state=', 'command='].flatMap((column) => ['-o', column]);
  const text = execFileSync('ps', ['-ax', '-ww', ...columns], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  return text.split('\n').flatMap((line) => {
    const [, pid, parent, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined || state === undefined
      ? []
      : [{ pid: Number(pid), parent: Number(parent), state, command }];
  });
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (cause) {
    // It ended by itself in the meantime.
    if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw cause;
  }
}
