import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../src/cli/package-folder';
import { installEnvironment } from './environment';
import { textIfThere } from './files';
import { ownFolder } from './folder';
import { findPython, type Installation } from './python';
import { run } from './run';

/**
 * Makes checkov's virtual environment from its lock file, unless it is there. It is not the
 * emulator's: the two pin different versions of botocore.
 * @returns the path of checkov.
 * @throws UserError where no Python is new enough; SandboxFailed where pip fails.
 */
export async function installCheckov({ environment, tell }: Installation): Promise<string> {
  const folder = join(ownFolder(), 'checkov');
  const requirements = join(packageFolder(), 'sandbox', 'checkov-requirements.txt');
  const program = join(folder, 'bin', 'checkov');
  const stampFile = join(folder, 'parapet.json');
  const stamp = JSON.stringify({
    requirements: createHash('sha256').update(readFileSync(requirements)).digest('hex'),
  });
  if (textIfThere(stampFile) === stamp) return program;
  tell('Installing checkov (half a minute)…');
  mkdirSync(folder, { recursive: true });
  const options = { environment: installEnvironment(environment), log: `${folder}.log` };
  await run(await findPython(environment), ['-m', 'venv', '--clear', folder], options);
  const pip = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--requirement', requirements];
  await run(join(folder, 'bin', 'python'), pip, options);
  writeFileSync(stampFile, stamp);
  return program;
}
