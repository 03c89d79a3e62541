import type { Severity } from '#core';

export interface CallMade {
  readonly operation: string;
  readonly requestId: string;
  readonly at: string | undefined;
  readonly error: string | undefined;
}

export interface DecisionDetail {
  readonly id: string;
  readonly recorded: string;
  readonly guardrail: string;
  readonly version: number | undefined;
  readonly severity: Severity | 'unknown';
  readonly account: string;
  readonly accountName: string;
  readonly unit: string;
  readonly region: string;
  readonly resource: string;
  readonly resourceType: string;
  readonly verdict: string;
  readonly reason: string;
  readonly outcome: string;
  readonly because: string | undefined;
  readonly mode: string;
  readonly modeFrom: string;
  readonly cause: string;
  readonly causeId: string;
  readonly follows: string | undefined;
  readonly call:
    | { readonly name: string; readonly source: string; readonly caller: string }
    | undefined;
  readonly planned: readonly string[];
  readonly made: readonly CallMade[];
  /** JSON as text; undefined where only the body has it. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly called: string | undefined;
  readonly detectMs: number | undefined;
  readonly repairMs: number | undefined;
  /** Of the whole body in the evidence store. */
  readonly sha256: string | undefined;
  /** Of the event that woke the guardrail, in the same store. */
  readonly eventSha256: string | undefined;
}

export interface ListedRow {
  readonly outcome: string;
  readonly decisions: number;
  readonly listed: number;
}

export interface Sample {
  /** Printed so that the same decisions can be drawn again. */
  readonly seed: string;
  readonly decisions: readonly DecisionDetail[];
}
