import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Snapshot } from '#config';
import { guardrails } from '#policies/guardrails/index';
import { run } from '../../src/cli/program';
import type { World } from '../../src/cli/session';

/** A command line's exit code and what it wrote. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, with streams and AWS stood in for. */
export async function parapet(
  argv: readonly string[],
  world: Partial<World> & {
    readonly isTTY?: boolean;
  } = {},
): Promise<Ran> {
  const written = { stdout: '', stderr: '' };
  const writer = (name: keyof typeof written) => ({
    isTTY: world.isTTY ?? false,
    write(text: string) {
      written[name] += text;
    },
  });
  const code = await run(argv, {
    ...world,
    stdout: writer('stdout'),
    stderr: writer('stderr'),
    environment: world.environment ?? {},
    guardrails: world.guardrails ?? guardrails,
    readOrganization:
      world.readOrganization ?? (() => Promise.reject(new Error('AWS is not to be asked'))),
  });
  return { code, ...written };
}

/** Works in a new folder, which is the current one meanwhile. */
export async function inNewFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const before = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'parapet-cli-'));
  process.chdir(folder);
  try {
    return await work(folder);
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  }
}

const regions = ['eu-west-1', 'us-east-1'];

/** The organization of the example, with two Regions enabled. */
export const SNAPSHOT: Snapshot = {
  id: 'o-exampleorg1',
  managementAccount: '111111111111',
  root: { id: 'r-exam', name: 'Root' },
  organizationalUnits: [
    { id: 'ou-exam-sandbox00', name: 'Sandbox', path: '/Sandbox' },
    { id: 'ou-exam-workloads', name: 'Workloads', path: '/Workloads' },
    { id: 'ou-exam-prod00000', name: 'Prod', path: '/Workloads/Prod' },
  ],
  accounts: [
    { id: '111111111111', name: 'management', status: 'ACTIVE', ouPath: '/', regions },
    { id: '222222222222', name: 'security', status: 'ACTIVE', ouPath: '/', regions },
    { id: '333333333333', name: 'log-archive', status: 'ACTIVE', ouPath: '/', regions },
    { id: '444444444444', name: 'shop', status: 'ACTIVE', ouPath: '/Workloads/Prod', regions },
    { id: '555555555555', name: 'test', status: 'ACTIVE', ouPath: '/Workloads', regions },
  ],
};
