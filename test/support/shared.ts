import { existsSync } from 'node:fs';
import path from 'node:path';

/** What lies beside the repository: seen from here, and from where this is built to. */
const BESIDE = ['../../../shared', '../../../../shared'].map((folder) =>
  path.resolve(__dirname, folder),
);

/** A file or folder of what lies beside the repository, whether or not it is there. */
export const shared = (name: string): string =>
  path.join(BESIDE.find((folder) => existsSync(folder)) ?? BESIDE[0] ?? '', name);
