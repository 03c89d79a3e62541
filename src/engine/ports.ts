import type { Answer, Call, Decision, Intent, Json, Made, Outcome } from '#core';

/** What a claim says: go ahead with this fence, it was decided before, or somebody is at it. */
export type Claim =
  | { readonly kind: 'granted'; readonly fence: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'busy' };

/** Who acts, for which decision, and until when: becomes the role session. */
export interface Session {
  readonly decision: string;
  readonly guardrail: string;
  readonly until: Date;
}

/** Asked in turn before anything is written; one that throws means 'undetermined', never 'go'. */
export type Gate = (
  intent: Intent,
) => Promise<
  { readonly go: true } | { readonly go: false; readonly outcome: Outcome; readonly reason: string }
>;

/** All I/O of the engine. */
export interface Ports {
  look(call: Call<'read'>): Promise<Answer>;
  /** Makes the calls in order and stops at the first that is refused. */
  act(plan: readonly Call<'write'>[], session: Session): AsyncIterable<Made>;
  /** The state that last complied, of guardrails that remember. */
  lastGood(guardrail: string, arn: string): Promise<Json | undefined>;
  remember(guardrail: string, arn: string, state: Json): Promise<void>;
  /** Claims the decision and a lease on its resource, both or neither. */
  claim(
    claim: { readonly id: string; readonly key: string; readonly resource: string },
    until: Date,
  ): Promise<Claim>;
  /** Keeps event and state by content hash, before anything is written to the world. */
  keep(intent: Intent): Promise<void>;
  record(decision: Decision, fence: number): Promise<void>;
  now(): Date;
  readonly gates: readonly Gate[];
}
