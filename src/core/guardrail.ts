import type { z } from 'zod';
import type { TrailEvent } from './event';
import type { Access, Answer, AnyOperation, Call, Operation } from './operation';
import type { Resource } from './resource';

/** Why a guardrail is looking: an event woke it, or something that has only an id. */
export type Cause =
  | { readonly kind: 'event'; readonly event: TrailEvent }
  | { readonly kind: 'sweep' | 'approval' | 'undo' | 'release'; readonly id: string };

/** All that `judge` and `plan` may know. */
export interface Seen<R, S, C> {
  readonly resource: R;
  readonly state: S;
  /** The last state that complied, for repairs to "what it was before". */
  readonly lastGood: S | undefined;
  readonly cause: Cause;
  readonly settings: C;
  readonly organization: { readonly id: string; readonly accounts: ReadonlySet<string> };
}

export interface Verdict {
  readonly verdict: 'complies' | 'violates' | 'undetermined';
  /** A sentence the resource's owner understands. */
  readonly reason: string;
}

/** Reads, one after the other; a refused read ends it and the verdict is 'undetermined'. */
export type Look<T> = Generator<Call<'read'>, T, Answer>;

export interface Trigger {
  readonly operation: AnyOperation;
  /** Whether a call that failed is judged too. */
  readonly failed: 'ignored' | 'judged';
}

export type Severity = 'low' | 'medium' | 'high' | 'critical';

/** One thing that must hold, and how it is restored. Pure: no SDK, no clock, no environment. */
export interface Guardrail<R extends Resource, S, C> {
  /** `<service>.<violation>`, as its file is named. */
  readonly id: string;
  /** Raised when a change of it changes verdicts or plans. */
  readonly version: number;
  readonly settings: z.ZodType<C>;
  readonly triggers: readonly Trigger[];
  readonly reads: readonly AnyOperation<'read'>[];
  readonly writes: readonly AnyOperation<'write'>[];
  /** Regions whose bus must be governed, or the guardrail is blind; us-east-1 for root sign-ins. */
  readonly regions?: readonly string[];
  /** Whether its last complying state is kept and handed back as `lastGood`. */
  readonly remembers?: true;
  /** The resources a call touched. Only the owner's copy of a shared event yields any. */
  resources(event: TrailEvent): readonly R[];
  /** Never sees the event. */
  observe(resource: R): Look<S>;
  judge(seen: Seen<R, S, C>): Verdict;
  plan?(seen: Seen<R, S, C>): readonly Call<'write'>[];
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  /** What it knowingly does not catch. */
  readonly limits: readonly string[];
  /** Framework id → the controls it serves. */
  readonly frameworks: Readonly<Record<string, readonly string[]>>;
  /** What stops working for the owner when it acts. */
  readonly disrupts?: string;
}

/** A guardrail whose resource, state and settings do not matter here. Methods keep it assignable. */
// biome-ignore lint/suspicious/noExplicitAny: the engine hands each guardrail only what it made itself
export type AnyGuardrail = Guardrail<any, any, any>;

/** The identity; it infers resource, state and settings. */
export const defineGuardrail = <R extends Resource, S, C>(
  guardrail: Guardrail<R, S, C>,
): Guardrail<R, S, C> => guardrail;

/** Makes one read and hands back its value, or undefined where there is none. */
export function* look<O>(call: Call<'read', O>): Look<O | undefined> {
  const answer = yield call;
  return answer.kind === 'found' ? (answer.value as O) : undefined;
}

export const complies = (reason: string): Verdict => ({ verdict: 'complies', reason });
export const violates = (reason: string): Verdict => ({ verdict: 'violates', reason });
export const undetermined = (reason: string): Verdict => ({ verdict: 'undetermined', reason });

/** Triggers for calls of which only the successful ones matter. */
export const whenSucceeded = (
  ...operations: readonly Operation<never, unknown, Access>[]
): readonly Trigger[] => operations.map((operation) => ({ operation, failed: 'ignored' }));

/** The service part of a guardrail's id. */
export const serviceOf = (guardrail: { readonly id: string }): string =>
  guardrail.id.slice(0, guardrail.id.indexOf('.'));

/** Whether what it finds is looked at again, and told again while it stands open. */
export const isEscalated = ({ severity, reads }: AnyGuardrail): boolean =>
  severity === 'critical' && reads.length > 0;
