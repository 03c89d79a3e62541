import { join } from 'node:path';

const project = join(__dirname, '..', '..');

/** The compiled command line. */
export const main = join(project, 'dist', 'src', 'cli', 'main.js');

/** The example organization, whose configuration the strict sandbox has. */
export const examples = join(project, 'examples');

export const strictFolder = (): string =>
  process.env.PARAPET_SANDBOX_FOLDER ?? join(project, '.sandbox', 'test-strict');

/** The configuration that the strict sandbox is made of. */
export const strictConfiguration = (): string => `${strictFolder()}.yaml`;

export const plainFolder = (): string => join(project, '.sandbox', 'test-plain');
export const plainConfiguration = join(__dirname, 'plain', 'parapet.yaml');
