import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import {
  formatSnapshot,
  loadConfiguration,
  parseSnapshot,
  type Snapshot,
  snapshotPath,
} from '#config';
import { type AnyGuardrail, busArn, names, UserError } from '#core';
import { writeAtomically } from '../src/cli/files';
import { packageFolder } from '../src/cli/package-folder';
import { asRoot } from './clients';
import { translated } from './configuration';
import { deployAll } from './deploy';
import { type Emulator, endEmulator, startEmulator, untilReady } from './emulator';
import { awsEnvironment, plainEnvironment } from './environment';
import { type Places, placesIn } from './folder';
import { type MadeOrganization, makeOrganization } from './organization';
import { installEmulator } from './python';
import { forget, isOwnRecord, record, type Sandbox, takeFolder } from './record';
import { run } from './run';

export interface UpOptions {
  /** @default the project's own */
  readonly folder?: string | undefined;
  /** The `parapet.yaml` whose organization, modes and settings are rebuilt. @default the example */
  readonly configuration?: string | undefined;
  readonly isStrict: boolean;
  readonly guardrails: readonly AnyGuardrail[];
  readonly environment: NodeJS.ProcessEnv;
  readonly tell: (line: string) => void;
}

/** Its id need not belong to anybody: nothing leaves the emulator. */
const MANAGEMENT = '111111111111';

/**
 * Makes a sandbox: the emulator, an organization in it like the configuration's, and all stacks
 * deployed. It stays up until `takeDown`; where making it fails, the emulator is ended.
 * @throws UserError where one is up in the folder, or no Python is new enough; SandboxFailed.
 */
export async function bringUp(options: UpOptions): Promise<Sandbox> {
  const places = placesIn(options.folder);
  takeFolder(places);
  let emulator: Emulator | undefined;
  try {
    const time = stopwatch();
    const python = await installEmulator(options);
    time('install');
    options.tell('Starting the emulator…');
    const { environment, isStrict } = options;
    emulator = await startEmulator({
      ...{ python, places, isStrict, environment, management: MANAGEMENT },
    });
    record(places, { emulator });
    await untilReady(emulator, places);
    time('start');
    const sandbox = await build(emulator, places, options, time);
    record(places, { emulator, sandbox });
    return sandbox;
  } catch (error) {
    // Another may have the folder by now, if somebody has ended this one.
    if (isOwnRecord(places)) {
      if (emulator) await endEmulator(emulator.pid, places);
      forget(places);
    }
    throw error;
  }
}

async function build(
  emulator: Emulator,
  places: Places,
  { configuration = exampleConfiguration(), isStrict, guardrails, environment, tell }: UpOptions,
  time: Stopwatch,
): Promise<Sandbox> {
  const { endpoint } = emulator;
  const { synthesized, deployLog, logs } = places;
  for (const left of [synthesized, join(places.folder, 'state'), deployLog, logs])
    rmSync(left, { recursive: true, force: true });
  tell('Making the organization…');
  const described = readSnapshot(snapshotPath(configuration));
  const client = new OrganizationsClient(asRoot(emulator, MANAGEMENT));
  const made = await makeOrganization(client, MANAGEMENT, described);
  writeConfiguration(configuration, places, idsOf(described, made));
  await synchronize(places, emulator, environment);
  nameAccounts(places, made);
  time('organization');
  tell('Deploying all stacks…');
  await deployAll({ places, endpoint, management: MANAGEMENT, environment });
  time('deployment');
  const { parts, regions, partition } = loadConfiguration(places.configuration, guardrails);
  const { home: region } = regions;
  return {
    ...{ folder: places.folder, endpoint, isStrict },
    organization: made.id,
    management: MANAGEMENT,
    security: { account: parts.security, region },
    governed: regions.governed,
    accounts: made.accounts,
    names: {
      bus: busArn(partition, region, parts.security),
      decisions: names.decisions,
      bodies: names.bodies(parts.security, region),
      rejects: names.rejects,
      lake: names.lakeBucket(parts.logArchive, region),
    },
    seconds: time.seconds,
  };
}

const exampleConfiguration = () => join(packageFolder(), 'examples', 'parapet.yaml');

function readSnapshot(file: string): Snapshot {
  const { snapshot, problems = [] } = parseSnapshot(file, readFileSync(file, 'utf8'));
  if (snapshot === undefined)
    throw new UserError(problems.map(({ problem }) => `${file}: ${problem}`).join('\n'));
  return snapshot;
}

const idsOf = ({ accounts }: Snapshot, made: MadeOrganization): ReadonlyMap<string, string> =>
  new Map(
    accounts.flatMap(({ id, name }) => {
      const there = made.accounts[name];
      return there === undefined ? [] : [[id, there] as const];
    }),
  );

function writeConfiguration(from: string, places: Places, ids: ReadonlyMap<string, string>): void {
  writeAtomically(places.configuration, translated(readFileSync(from, 'utf8'), ids));
}

/** By the product's own verb, with nothing but the environment to tell it where AWS is. */
async function synchronize(
  places: Places,
  { endpoint }: Emulator,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  rmSync(places.snapshot, { force: true });
  const main = join(packageFolder(), 'dist', 'src', 'cli', 'main.js');
  await run(process.execPath, [main, 'org', 'sync', '--config', places.configuration, '--json'], {
    log: places.deployLog,
    environment: {
      ...plainEnvironment(environment),
      ...awsEnvironment(environment, places, { endpoint, account: MANAGEMENT }),
    },
  });
}

/** The emulator calls the management account `master`, whatever it is told. */
function nameAccounts({ snapshot: file }: Places, made: MadeOrganization): void {
  const names = new Map(Object.entries(made.accounts).map(([name, id]) => [id, name]));
  const snapshot = readSnapshot(file);
  const accounts = snapshot.accounts.map((one) => ({
    ...one,
    name: names.get(one.id) ?? one.name,
  }));
  writeAtomically(file, formatSnapshot({ ...snapshot, accounts }));
}

type Stopwatch = ReturnType<typeof stopwatch>;

/** Notes how many seconds went by since the last note. */
function stopwatch() {
  const seconds: Record<string, number> = {};
  let last = performance.now();
  const note = (part: string) => {
    const now = performance.now();
    seconds[part] = Math.round((now - last) / 100) / 10;
    last = now;
  };
  return Object.assign(note, { seconds: seconds as Readonly<Record<string, number>> });
}
