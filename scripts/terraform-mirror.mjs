import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const PROVIDER = join('registry.terraform.io', 'hashicorp', 'aws');

/** Where software is installed: a mirror lies in one of these, or one or two levels below. */
const PLACES = ['/opt', '/usr/local', '/usr/share', '/srv', join(homedir(), '.terraform.d')];

/**
 * The folder of a local filesystem mirror that has the AWS provider.
 * @param {readonly string[]} [places] where to look, nearest to the front first
 * @returns {string | undefined} undefined where there is none
 */
export function findMirror(places = PLACES) {
  for (const place of places)
    for (const folder of [place, ...below(place, 2)])
      if (existsSync(join(folder, PROVIDER))) return folder;
  return undefined;
}

function below(folder, levels) {
  if (levels === 0) return [];
  const children = foldersIn(folder);
  return [...children, ...children.flatMap((child) => below(child, levels - 1))];
}

function foldersIn(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
      .map((entry) => join(folder, entry.name));
  } catch {
    // A place that does not exist, is no folder or may not be read has no mirror for us.
    return [];
  }
}

/**
 * Terraform's CLI configuration: the provider from the mirror, all else (or everything, where there
 * is no mirror) from the registry; with a plugin cache that all stacks share.
 * @param {{ mirror: string | undefined, cache: string }} from
 * @returns {string}
 */
export function cliConfiguration({ mirror, cache }) {
  const provider = '"registry.terraform.io/hashicorp/aws"';
  const installation =
    mirror === undefined
      ? ['  direct {}']
      : [
          `  filesystem_mirror {\n    path    = ${JSON.stringify(mirror)}\n    include = [${provider}]\n  }`,
          `  direct {\n    exclude = [${provider}]\n  }`,
        ];
  return [
    'disable_checkpoint = true',
    `plugin_cache_dir = ${JSON.stringify(cache)}`,
    'plugin_cache_may_break_dependency_lock_file = true',
    `provider_installation {\n${installation.join('\n')}\n}`,
    '',
  ].join('\n');
}

/**
 * Writes the CLI configuration; `TF_CLI_CONFIG_FILE` should name what it returns.
 * @param {string} [folder] where it and the plugin cache lie; by default .parapet/terraform
 * @returns {string} the path of the configuration
 */
export function terraformConfiguration(folder = defaultFolder()) {
  const cache = join(folder, 'plugins');
  mkdirSync(cache, { recursive: true });
  const file = join(folder, 'terraform.rc');
  const text = cliConfiguration({ mirror: findMirror(), cache });
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
  return file;
}

const defaultFolder = () =>
  join(dirname(fileURLToPath(import.meta.url)), '..', '.parapet', 'terraform');

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.stdout.write(`${terraformConfiguration()}\n`);
