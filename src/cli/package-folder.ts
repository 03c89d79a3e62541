import { existsSync, readFileSync } from 'node:fs';
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

const manifestIn = (folder: string) =>
  manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
