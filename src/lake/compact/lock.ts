import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LakeBusy } from '../errors';
import { LOCK } from './list';

/**
 * Keeps a second compaction on the same machine out: two would overwrite each other's file and
 * remove what only the other had read. Gives the release.
 * @throws LakeBusy where a process that lives has it.
 */
export function locked(folder: string): () => void {
  const file = path.join(folder, LOCK);
  if (!taken(file)) {
    const holder = Number(readFileSync(file, 'utf8'));
    if (isAlive(holder))
      throw new LakeBusy(
        `${folder} is being compacted by process ${holder}: wait, or remove ${file} if it is not`,
      );
    rmSync(file, { force: true });
    if (!taken(file)) throw new LakeBusy(`${folder} is being compacted by another process`);
  }
  return () => rmSync(file, { force: true });
}

function taken(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, as somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
