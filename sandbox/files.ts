import { existsSync, readFileSync } from 'node:fs';

/** The text of a file, or undefined where there is none. */
export const textIfThere = (file: string): string | undefined =>
  existsSync(file) ? readFileSync(file, 'utf8') : undefined;
