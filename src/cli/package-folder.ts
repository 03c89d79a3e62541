import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const manifest = z.looseObject({ name: z.string().optional(), version: z.string().optional() });

/** The folder of Parapet's own package.json, whether this runs from sources or from dist. */
export function packageFolder(from = __dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && manifestIn(folder).name === 'parapet')
      return folder;
    if (folder === dirname(folder)) throw new Error(`${from} lies in no copy of Parapet`);
  }
}

/** Parapet's own version. */
export const packageVersion = (): string => manifestIn(packageFolder()).version ?? 'unknown';

/**
 * The commit that this copy of Parapet is checked out at; undefined where it is no checkout of its
 * own, such as a package in somebody else's.
 */
export function packageCommit(folder = packageFolder()): string | undefined {
  const git = (...argv: readonly string[]) =>
    execFileSync('git', ['-C', folder, ...argv], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  try {
    if (realpathSync(git('rev-parse', '--show-toplevel')) !== realpathSync(folder))
      return undefined;
    const isChanged = git('status', '--porcelain', '--untracked-files=no') !== '';
    return `${git('rev-parse', 'HEAD')}${isChanged ? ', with changes' : ''}`;
  } catch {
    return undefined;
  }
}

const manifestIn = (folder: string) =>
  manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
