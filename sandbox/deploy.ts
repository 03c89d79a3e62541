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

/** How `terraform plan -detailed-exitcode` tells that something would change. */
const CHANGES = 2;

/**
 * Deploys all stacks by `cdktf deploy`. Here what one stack truly needs of another is less than on
 * AWS, and most of the time is spent waiting: the log archive and, once the trail has its bucket,
 * the management account go beside the security stack and the members, which write their directory
 * entries there. All members at once: fewer at a time would let one failure kill applies in flight.
 */
export async function deployAll(deployment: Deployment): Promise<void> {
  const options = await optionsOf(deployment);
  const { places } = deployment;
  await run(process.execPath, [...cdktf('synth', deployment)], options);
  // The first one fills the plugin cache, which Terraform does not guard against two at once.
  const init = [inStack('log-archive', places), 'init', '-input=false', '-no-color'];
  await run('terraform', init, options);
  const deploy = (stacks: string) =>
    run(
      process.execPath,
      [
        ...[...cdktf('deploy', deployment), stacks, '--skip-synth', '--skip-provider-lock'],
        // The order is kept here.
        ...['--ignore-missing-stack-dependencies', '--auto-approve', '--no-color'],
      ],
      { ...options, log: logOf('deploy', stacks.replace('-*', 's'), places) },
    );
  await settled([
    deploy('security').then(() => deploy('member-*')),
    deploy('log-archive').then(() => deploy('management')),
  ]);
}

/** Waits for all, so that none is left running when one has failed. */
async function settled(all: readonly Promise<unknown>[]): Promise<void> {
  for (const end of await Promise.allSettled(all)) if (end.status === 'rejected') throw end.reason;
}

const inStack = (stack: string, { synthesized }: Places): string =>
  `-chdir=${join(synthesized, 'stacks', stack)}`;

/** Several run at once: each has a log of its own. */
const logOf = (verb: string, stack: string, { logs }: Places): string =>
  join(logs, `${verb}-${stack}.log`);

/** What another plan of a stack would change, or undefined where that is nothing. */
export async function difference(
  stack: string,
  deployment: Deployment,
): Promise<string | undefined> {
  const { places } = deployment;
  const { code, output } = await attempt(
    'terraform',
    [inStack(stack, places), 'plan', '-detailed-exitcode', '-input=false', '-no-color'],
    { ...(await optionsOf(deployment)), log: logOf('plan', stack, places) },
  );
  if (code === 0) return undefined;
  if (code === CHANGES) return output;
  throw new SandboxFailed(`a plan of ${stack} ended with ${code}\n${output}`);
}

/** The ids of the stacks that are synthesised and deployed. */
export function stackIds({ synthesized }: Places): readonly string[] {
  const stacks = join(synthesized, 'stacks');
  if (!existsSync(stacks)) return [];
  const manifest = JSON.parse(readFileSync(join(synthesized, 'manifest.json'), 'utf8'));
  const known = at(manifest, 'stacks');
  return readdirSync(stacks)
    .filter((id) => isObject(known) && Object.hasOwn(known, id))
    .toSorted();
}

/** Without the provider lock, deployments do not ask the registry for other platforms' checksums. */
const cdktf = (verb: 'synth' | 'deploy', { places }: Deployment): readonly string[] => [
  require.resolve('cdktf-cli/bundle/bin/cdktf', { paths: [packageFolder()] }),
  verb,
  '--app',
  `${process.execPath} ${join(packageFolder(), 'dist', 'sandbox', 'app.js')}`,
  '--output',
  places.synthesized,
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
export async function terraformConfiguration(
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
