import type { Mode } from './decision';
import type { Json } from './json';

export type AccountKind = 'management' | 'security' | 'log-archive' | 'member';

export interface AccountFacts {
  readonly name: string;
  readonly kind: AccountKind;
  /** Names from the root, e.g. `/Workloads/Prod`; the root itself is `/`. */
  readonly ouPath: string;
}

/** One line of the ladder: this guardrail (or `*`) has this mode on this account or OU path. */
export interface ModeEntry {
  readonly guardrail: string;
  /** A twelve-digit account id, or an OU path (`/` is the whole organization). */
  readonly on: string;
  readonly mode: Mode;
}

/** The resolved configuration: what a responder carries in its zip. Plain JSON. */
export interface Deployment {
  readonly partition: 'aws';
  readonly organization: {
    readonly id: string;
    readonly accounts: Readonly<Record<string, AccountFacts>>;
  };
  readonly security: { readonly account: string; readonly region: string };
  readonly governed: readonly string[];
  readonly modes: readonly ModeEntry[];
  /** Settings by guardrail id, as the guardrail's own schema parsed them. */
  readonly settings: Readonly<Record<string, Json>>;
}

/**
 * How often a message is received before its queue gives it up. The last time a responder rejects
 * the event itself, since a dead letter carries no reason.
 */
export const QUEUE_TRIES = 5;
