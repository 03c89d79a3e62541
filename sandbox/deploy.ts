import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, isObject } from '#core';
import { packageFolder } from '../src/cli/package-folder';
import { awsEnvironment, plainEnvironment } from './environment';
import { SandboxFailed } from './errors';
import type { Places } from './folder';
import { attempt, run } from './run';

export interface Deployment {
  readonly places: Places;
  readonly endpoint: string;
  readonly management: string;
  readonly environment: NodeJS.ProcessEnv;
}

const UNCHANGED = 'No changes. Your infrastructure matches the configuration.';

/**
 * Deploys by `cdktf deploy`: the security stack, then all members at once. Fewer at a time would let
 * one failure kill applies in flight. The management and log-archive stacks are left out, as making
 * their buckets takes the emulator minutes; so cdktf is told not to wait for them, and the order is
 * kept here.
 */
export async function deployAll(deployment: Deployment): Promise<void> {
  for (const stacks of ['security', 'member-*'])
    await run(
      process.execPath,
      [
        ...cdktf('deploy', deployment),
        ...[stacks, '--ignore-missing-stack-dependencies', '--auto-approve', '--no-color'],
      ],
      await optionsOf(deployment),
    );
}

/** What `cdktf diff` would change in a stack, or undefined where that is nothing. */
export async function difference(
  stack: string,
  deployment: Deployment,
): Promise<string | undefined> {
  const { code, output } = await attempt(
    process.execPath,
    [...cdktf('diff', deployment), stack, '--no-color', '--skip-synth'],
    // Several are asked for at once: each has a log of its own.
    { ...(await optionsOf(deployment)), log: join(deployment.places.folder, `diff-${stack}.log`) },
  );
  if (code !== 0) throw new SandboxFailed(`cdktf diff ${stack} ended with ${code}\n${output}`);
  return output.includes(UNCHANGED) ? undefined : output;
}

const isDeployed = (id: string): boolean => id === 'security' || id.startsWith('member-');

/** The ids of the stacks that are synthesised and deployed. */
export function stackIds({ synthesized }: Places): readonly string[] {
  const stacks = join(synthesized, 'stacks');
  if (!existsSync(stacks)) return [];
  const manifest = JSON.parse(readFileSync(join(synthesized, 'manifest.json'), 'utf8'));
  const known = at(manifest, 'stacks');
  return readdirSync(stacks)
    .filter((id) => isObject(known) && Object.hasOwn(known, id) && isDeployed(id))
    .toSorted();
}

/** Without the provider lock, which would ask the registry for other platforms' checksums. */
const cdktf = (verb: 'deploy' | 'diff', { places }: Deployment): readonly string[] => [
  require.resolve('cdktf-cli/bundle/bin/cdktf', { paths: [packageFolder()] }),
  verb,
  '--app',
  `${process.execPath} ${join(packageFolder(), 'dist', 'sandbox', 'app.js')}`,
  '--output',
  places.synthesized,
  '--skip-provider-lock',
];

async function optionsOf({ places, endpoint, management, environment }: Deployment) {
  return {
    cwd: packageFolder(),
    log: places.deployLog,
    environment: {
      ...awsEnvironment(environment, places, { endpoint, account: management }),
      PARAPET_CONFIG: places.configuration,
      CDKTF_LOG_FILE_DIRECTORY: places.folder,
      CHECKPOINT_DISABLE: '1',
      CDKTF_DISABLE_PLUGIN_CACHE_ENV: '1',
      CI: '1',
      TF_CLI_CONFIG_FILE: await terraformConfiguration(places, environment),
    },
  };
}

/** Terraform's CLI configuration, made anew: mirrors come and go. */
async function terraformConfiguration(
  { deployLog: log }: Places,
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  const script = join(packageFolder(), 'scripts', 'terraform-mirror.mjs');
  const output = await run(process.execPath, [script], {
    log,
    environment: plainEnvironment(environment),
  });
  return output.trim().split('\n').at(-1) ?? '';
}
