import { join } from 'node:path';

const project = join(__dirname, '..', '..');

/** The compiled command line. */
export const main = join(project, 'dist', 'src', 'cli', 'main.js');

export const strictFolder = (): string =>
  process.env.PARAPET_SANDBOX_FOLDER ?? join(project, '.sandbox', 'test-strict');

export const plainFolder = (): string => join(project, '.sandbox', 'test-plain');
