import { createHash } from 'node:crypto';
import type { TrailEvent } from './event';
import type { Cause, Verdict } from './guardrail';
import type { Json } from './json';
import type { Answer, Call } from './operation';
import type { Resource } from './resource';

/** The enforcement ladder. Configuration refuses the rungs not built yet. */
export type Mode = 'off' | 'observe' | 'shadow' | 'notify' | 'approve' | 'enforce';

export type Outcome =
  | 'nothing'
  | 'observed'
  | 'shadowed'
  | 'repaired'
  | 'partly'
  | 'failed'
  | 'held'
  | 'waived'
  | 'undetermined';

/** A call that was made, and what came of it. */
export interface Made {
  readonly call: Call;
  readonly requestId: string;
  readonly answer: Answer;
  /** ISO 8601. */
  readonly at: string;
}

/** One judgement of one resource, and what was done. Immutable; a later one `follows` it. */
export interface Decision {
  readonly id: string;
  readonly follows?: string;
  readonly cause: Cause;
  readonly guardrail: { readonly id: string; readonly version: number };
  readonly resource: Resource;
  /** Names from the root, e.g. `/Workloads/Prod`; the root itself is `/`. */
  readonly ouPath: string;
  readonly mode: Mode;
  /** The configuration entry the mode came from, e.g. `s3.bucket-public on /Workloads`. */
  readonly modeFrom: string;
  readonly verdict: Verdict;
  readonly outcome: Outcome;
  /** Why the outcome is what it is, where verdict and mode do not tell. */
  readonly because?: string;
  readonly before: Json;
  readonly after?: Json;
  readonly planned: readonly Call[];
  readonly made: readonly Made[];
  /** Named moments, ISO 8601: called, received, looked, acted, recorded. */
  readonly at: Readonly<Record<string, string>>;
}

/** What is known before any gate was asked. */
export type Intent = Omit<Decision, 'outcome' | 'because' | 'made' | 'after'>;

/** What of a cause is in the key. */
type Keyed =
  | Exclude<Cause, { readonly kind: 'event' }>
  | {
      readonly kind: 'event';
      readonly event: Pick<TrailEvent, 'eventID' | 'account' | 'replayName'>;
    };

/** What makes a decision one: the same event, account, guardrail and resource decide once. */
export function decisionKey(
  cause: Keyed,
  guardrail: string,
  resource: Pick<Resource, 'arn'>,
): string {
  const origin =
    cause.kind === 'event'
      ? [cause.event.eventID, cause.event.account, cause.event.replayName ?? '']
      : [cause.kind, cause.id, ''];
  return JSON.stringify([...origin, guardrail, resource.arn]);
}

/** The decision's id, from its key: 42 characters that fit a role session's name. */
export const decisionId = (key: string): string =>
  `d-${createHash('sha256').update(key).digest('hex').slice(0, 40)}`;
