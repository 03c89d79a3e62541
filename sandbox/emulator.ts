import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { plainEnvironment } from './environment';
import { SandboxFailed } from './errors';
import type { Places } from './folder';
import { end, isRunning } from './processes';

/** What the stacks consist of, and what drives them. Account Management is the plugin's. */
const SERVICES = [
  'cloudtrail,cloudwatch,dynamodb,dynamodbstreams,ec2,events,firehose,glue,iam,kinesis,kms,lambda',
  'logs,organizations,pipes,s3,s3control,secretsmanager,sns,sqs,stepfunctions,sts',
].join(',');

// sandbox/plugin and docs/sandbox.md say what these are for. The default gateway would listen on
// every interface.
const SETTINGS = {
  AWS_EC2_METADATA_DISABLED: 'true',
  DISABLE_EVENTS: '1',
  DNS_ADDRESS: '0',
  EAGER_SERVICE_LOADING: '1',
  EC2_VM_MANAGER: 'none',
  ECS_DOCKER_BACKEND: '0',
  EKS_K8S_PROVIDER: 'off',
  GATEWAY_SERVER: 'hypercorn',
  LAMBDA_RUNTIME_EXECUTOR: 'process',
  LAMBDA_SYNCHRONOUS_CREATE: '1',
  // Lambda asks a stream once a second; the emulator would wait for up to ten. Queues are asked by
  // long polls.
  LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC: '1',
  LAMBDA_EVENT_SOURCE_MAPPING_POLL_INTERVAL_SEC: '0.05',
  // AWS's managed policies are there, as in every account.
  MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
  PARITY_AWS_ACCESS_KEY_ID: '1',
  RDS_DOCKER_BACKEND: '0',
  SERVICES,
  SKIP_INFRA_DOWNLOADS: '1',
  SKIP_SSL_CERT_DOWNLOAD: '1',
  // Queue URLs with the host below instead of `sqs.us-east-1.localhost`, which few resolvers know.
  SQS_ENDPOINT_STRATEGY: 'off',
  STRICT_SERVICE_LOADING: '0',
} as const;

const FIRST_PORT = 4590;
const PORTS = 1000;
const READY_WITHIN_MS = 120_000;
const QUOTED = 3000;

export interface Emulator {
  readonly pid: number;
  readonly endpoint: string;
}

export interface Start {
  readonly python: string;
  readonly places: Places;
  /** Whether identity, trust and session policies bind those who call. */
  readonly isStrict: boolean;
  /** The management account: its bare id is a key of its root user. */
  readonly management: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Starts LocalEmu on a free port of this machine only; it outlives the caller. Not ready yet. */
export async function startEmulator(start: Start): Promise<Emulator> {
  const { python, places, isStrict, management } = start;
  rmSync(places.temporary, { recursive: true, force: true });
  mkdirSync(places.temporary, { recursive: true });
  const port = await freePort();
  const log = openSync(places.emulatorLog, 'w');
  const child = spawn(python, ['-m', 'localemu.runtime.main', markOf(places)], {
    cwd: places.temporary,
    detached: true,
    stdio: ['ignore', log, log],
    env: {
      ...plainEnvironment(start.environment),
      ...SETTINGS,
      GATEWAY_LISTEN: `127.0.0.1:${port}`,
      LOCALEMU_HOST: `127.0.0.1:${port}`,
      TMPDIR: places.temporary,
      ...(isStrict ? { IAM_ENFORCEMENT: '1', ROOT_ACCESS_KEYS: management } : {}),
    },
  });
  closeSync(log);
  child.unref();
  if (child.pid === undefined) throw new SandboxFailed(`${python} could not be started`);
  return { pid: child.pid, endpoint: `http://127.0.0.1:${port}` };
}

/** @throws SandboxFailed with the end of its log where it ends or takes too long. */
export async function untilReady({ pid, endpoint }: Emulator, places: Places): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS;
  while (Date.now() < until) {
    if (await isHealthy(endpoint)) return;
    if (!isEmulator(pid, places)) break;
    await setTimeout(200);
  }
  const log = readFileSync(places.emulatorLog, 'utf8').slice(-QUOTED);
  throw new SandboxFailed(`The emulator did not start; its log ends with:\n${log}`);
}

/** Whether this process is the emulator of this sandbox. */
export const isEmulator = (pid: number, places: Places): boolean => isRunning(pid, markOf(places));

/** Ends the emulator and the functions it runs; it frees its port, but may hang. */
export async function endEmulator(pid: number, places: Places): Promise<void> {
  if (isEmulator(pid, places)) await end(pid);
  rmSync(places.temporary, { recursive: true, force: true });
}

/** LocalEmu ignores it; it tells whose process this is. */
const markOf = ({ folder }: Places): string => `--parapet-sandbox=${folder}`;

async function isHealthy(endpoint: string): Promise<boolean> {
  try {
    const { ok } = await fetch(`${endpoint}/_localemu/health`, {
      signal: AbortSignal.timeout(2000),
    });
    return ok;
  } catch {
    // Nobody listens yet.
    return false;
  }
}

/** Begins anywhere: two that start at once would both find the first one free. */
async function freePort(): Promise<number> {
  const start = randomInt(PORTS);
  for (let i = 0; i < PORTS; i++) {
    const port = FIRST_PORT + ((start + i) % PORTS);
    if (await isFree(port)) return port;
  }
  throw new SandboxFailed(`none of ${PORTS} ports from ${FIRST_PORT} on is free`);
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
