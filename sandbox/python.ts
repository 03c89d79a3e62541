import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '#core';
import { packageFolder } from '../src/cli/package-folder';
import { installEnvironment } from './environment';
import { textIfThere } from './files';
import { virtualEnvironment } from './folder';
import { run } from './run';

const NEEDED = [3, 13] as const;

export interface Installation {
  readonly environment: NodeJS.ProcessEnv;
  readonly tell: (line: string) => void;
}

/** What is installed: a hash of what it was installed from. */
interface Stamp {
  readonly requirements: string;
  readonly plugin: string;
}

/**
 * Makes the virtual environment with LocalEmu and the plugin, or what of it is missing or old.
 * @returns the path of its Python.
 * @throws UserError where no Python is new enough; SandboxFailed where pip fails.
 */
export async function installEmulator(installation: Installation): Promise<string> {
  const { environment, tell } = installation;
  const folder = virtualEnvironment();
  const python = join(folder, 'bin', 'python');
  const stampFile = join(folder, 'parapet.json');
  const wanted = wantedStamp();
  const found = stampIn(stampFile);
  if (found?.requirements === wanted.requirements && found.plugin === wanted.plugin) return python;

  mkdirSync(folder, { recursive: true });
  const options = { environment: installEnvironment(environment), log: `${folder}.log` };
  const pip = (...parts: readonly string[]) => run(python, ['-m', 'pip', ...parts], options);
  if (found?.requirements !== wanted.requirements) {
    tell('Installing the emulator (about a minute, 600 MB)…');
    await run(await findPython(environment), ['-m', 'venv', '--clear', folder], options);
    await pip('install', '--quiet', '--no-deps', '--requirement', requirementsFile());
    writeFileSync(stampFile, JSON.stringify({ ...wanted, plugin: '' }));
  }
  tell('Installing its plugin…');
  await withCopyOfPlugin((copy) =>
    pip('install', '--quiet', '--no-deps', '--force-reinstall', copy),
  );
  writeFileSync(stampFile, JSON.stringify(wanted));
  return python;
}

/**
 * A Python that is new enough: on the PATH, else among pyenv's versions.
 * @throws UserError where there is none.
 */
export async function findPython(environment: NodeJS.ProcessEnv): Promise<string> {
  const candidates = ['python3.13', 'python3', 'python3.14', ...pyenvVersions(environment)];
  for (const candidate of candidates)
    if (await isNewEnough(candidate, environment)) return candidate;
  throw new UserError(
    `The sandbox needs Python ${NEEDED.join('.')} or newer, on the PATH or among pyenv's versions: \`pyenv install 3.13\`.`,
  );
}

/** Nearest to the needed one first, for whose wheels the requirements are locked. */
function pyenvVersions({ PYENV_ROOT }: NodeJS.ProcessEnv): readonly string[] {
  const versions = join(PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  const names = filesIn(versions).filter((name) => /^3\.\d+\.\d+$/.test(name));
  return names
    .toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true }))
    .map((name) => join(versions, name, 'bin', 'python'));
}

async function isNewEnough(python: string, environment: NodeJS.ProcessEnv): Promise<boolean> {
  try {
    const { stdout } = await promisify(execFile)(
      python,
      ['-c', 'import sys; print(sys.version_info[0], sys.version_info[1])'],
      { env: environment },
    );
    const [major = 0, minor = 0] = stdout.trim().split(' ').map(Number);
    return major === NEEDED[0] && minor >= NEEDED[1];
  } catch {
    // Not there, or a pyenv shim that has no such version.
    return false;
  }
}

const requirementsFile = () => join(packageFolder(), 'sandbox', 'requirements.txt');
const pluginFolder = () => join(packageFolder(), 'sandbox', 'plugin');

function wantedStamp(): Stamp {
  const hash = createHash('sha256');
  for (const name of pluginSources())
    hash.update(`${name}\0`).update(readFileSync(join(pluginFolder(), name)));
  const requirements = readFileSync(requirementsFile());
  return {
    requirements: createHash('sha256').update(requirements).digest('hex'),
    plugin: hash.digest('hex'),
  };
}

/** Without tests and what earlier builds left behind. */
const pluginSources = (): readonly string[] =>
  readdirSync(pluginFolder(), { recursive: true, encoding: 'utf8' })
    .filter((name) => /^(pyproject\.toml|parapet_localemu\/.*\.(py|cjs))$/.test(name))
    .toSorted();

/** Setuptools leaves a `build` folder where it builds, and packs what lies in one from before. */
async function withCopyOfPlugin(use: (copy: string) => Promise<unknown>): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), 'parapet-plugin-'));
  try {
    for (const name of pluginSources()) cpSync(join(pluginFolder(), name), join(copy, name));
    await use(copy);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

function stampIn(file: string): Stamp | undefined {
  const text = textIfThere(file);
  return text === undefined ? undefined : JSON.parse(text);
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // No pyenv here.
    return [];
  }
}
