import type { Verdict } from './guardrail';
import type { Json, JsonObject } from './json';

/** One example of a guardrail at work; everything expected is written out by hand. */
export interface Example {
  /** A sentence, e.g. "an ACL that grants READ to everyone violates". */
  readonly name: string;
  /** Parts of the CloudTrail record; account, Region, ids and times are filled in. */
  readonly event: { readonly eventName: string } & JsonObject;
  /** Operation id → what it answers; an operation that is not named answers 'absent'. */
  readonly state?: Readonly<Record<string, Json>>;
  readonly settings?: Json;
  /** 'ignored': the event concerns no resource of this guardrail. */
  readonly expect: {
    readonly verdict: Verdict['verdict'] | 'ignored';
    readonly reason?: string;
    /** Operation id and input of each planned call, in order. */
    readonly plan?: readonly { readonly operation: string; readonly input: Json }[];
  };
}

/** The identity; it checks the shape. */
export const defineExamples = (examples: readonly Example[]): readonly Example[] => examples;
