import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { UserError } from '#core';
import { writeAtomically } from '../src/cli/files';
import { type Emulator, isEmulator } from './emulator';
import { SandboxFailed } from './errors';
import { textIfThere } from './files';
import { type Places, placesIn } from './folder';
import { isRunning } from './processes';

/** An organization in the emulator with Parapet deployed in it. */
export interface Sandbox {
  /** An absolute path. */
  readonly folder: string;
  readonly endpoint: string;
  /** Whether identity, trust and session policies bind those who call. */
  readonly isStrict: boolean;
  readonly organization: string;
  readonly management: string;
  /** Where the bus and the responders are. */
  readonly security: { readonly account: string; readonly region: string };
  readonly governed: readonly string[];
  /** Ids by name. */
  readonly accounts: Readonly<Record<string, string>>;
  readonly names: {
    readonly bus: string;
    readonly decisions: string;
    readonly bodies: string;
    readonly rejects: string;
    /** The bucket of the log-archive account. */
    readonly lake: string;
  };
  /** How long the parts of its making took. */
  readonly seconds: Readonly<Record<string, number>>;
}

/** What `sandbox.json` says. */
interface Written {
  /** The process that makes the sandbox. */
  readonly maker: number;
  readonly emulator?: Emulator;
  readonly sandbox?: Sandbox;
}

export type State =
  | { readonly state: 'up'; readonly emulator: Emulator; readonly sandbox: Sandbox }
  | { readonly state: 'starting'; readonly maker: number; readonly emulator?: Emulator }
  /** A record is there, but what it speaks of has ended. */
  | { readonly state: 'stale' }
  | { readonly state: 'down' };

/** What is in the folder, and whether it lives. */
export function stateOf(places: Places): State {
  const text = textIfThere(places.record);
  if (text === undefined) return { state: 'down' };
  const { maker, emulator, sandbox }: Written = JSON.parse(text || '{}');
  const lives = emulator !== undefined && isEmulator(emulator.pid, places);
  if (sandbox && lives) return { state: 'up', emulator, sandbox };
  if (lives) return { state: 'starting', maker, emulator };
  if (sandbox === undefined && isMaker(maker)) return { state: 'starting', maker };
  return { state: 'stale' };
}

/**
 * The sandbox that is up in a folder.
 * @throws UserError where none is.
 */
export function sandboxIn(folder?: string): Sandbox {
  const places = placesIn(folder);
  const found = stateOf(places);
  if (found.state === 'up') return found.sandbox;
  throw new UserError(
    `No sandbox is up in ${places.folder}: start one with \`parapet sandbox up\`.`,
  );
}

/**
 * Takes the folder for a new sandbox.
 * @throws UserError where one is up or being made there.
 */
export function takeFolder(places: Places): void {
  const found = stateOf(places);
  if (found.state === 'up')
    throw new UserError(
      `A sandbox is up at ${found.sandbox.endpoint}: end it with \`parapet sandbox down\` first.`,
    );
  if (found.state === 'starting')
    throw new UserError(
      `A sandbox is being made in ${places.folder}: wait for it, or end it with \`parapet sandbox down\`.`,
    );
  rmSync(places.record, { force: true });
  mkdirSync(places.folder, { recursive: true });
  try {
    writeFileSync(places.record, JSON.stringify({ maker: process.pid }), { flag: 'wx' });
  } catch (cause) {
    throw new SandboxFailed(`${places.record} was just taken by somebody else`, { cause });
  }
}

export const record = (places: Places, known: Omit<Written, 'maker'>): void =>
  writeAtomically(places.record, `${JSON.stringify({ maker: process.pid, ...known }, null, 2)}\n`);

/** Whether this process makes the sandbox that the folder speaks of. */
export function isOwnRecord({ record: file }: Places): boolean {
  const text = textIfThere(file);
  return text !== undefined && JSON.parse(text).maker === process.pid;
}

/** Whether a process is one that makes a sandbox, and not another that has its id by now. */
export const isMaker = (pid: number): boolean => isRunning(pid, ' sandbox up');

export const forget = (places: Places): void => rmSync(places.record, { force: true });
