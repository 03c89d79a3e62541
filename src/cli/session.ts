import type { Command } from 'commander';
import type { Configuration, Snapshot } from '#config';
import type { AnyGuardrail } from '#core';
import type { Synthesised } from './deploy/stacks';

/** 0 fine, 1 violations found, 2 usage or configuration, 3 failed. */
export type ExitCode = 0 | 1 | 2 | 3;

export interface Writer {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** All that a verb may use of the world outside, beside files. */
export interface World {
  /** For data. */
  readonly stdout: Writer;
  /** For talk. */
  readonly stderr: Writer;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly guardrails: readonly AnyGuardrail[];
  /** Asks AWS, with the caller's own credentials. */
  readonly readOrganization: () => Promise<Snapshot>;
  /** What asks AWS, for verbs other than `org sync`. */
  readonly aws?: (() => Promise<typeof import('./aws')>) | undefined;
  /** All of standard input. @default the process's own */
  readonly readStdin?: (() => string) | undefined;
  /** Asks whoever is at the terminal. Absent where nobody is. */
  readonly confirm?: ((question: string) => Promise<boolean>) | undefined;
  /** Synthesises the stacks. @default the product's own app */
  readonly synthesise?:
    | ((configuration: Configuration, guardrails: readonly AnyGuardrail[]) => Synthesised)
    | undefined;
}

export interface Session extends World {
  /** Sets the exit code of a verb that ends well; without it, 0. */
  exit(code: ExitCode): void;
}

/** Makes the command of a verb, its help and its action. */
export type Verb = (session: Session) => Command;

/** The options that every verb has. */
export interface GlobalOptions {
  readonly config: string;
  readonly json?: true;
}
