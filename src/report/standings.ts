import type { Bearing, Severity, Strength } from '#core';

export interface Standing {
  readonly decisions: number;
  readonly violations: number;
  readonly repairs: number;
  readonly open: number;
  readonly undetermined: number;
  readonly waived: number;
  readonly repaired: number;
  readonly passing: number;
}

export type Status =
  | 'failing'
  | 'undetermined'
  | 'waived'
  | 'passing'
  | 'no-activity'
  | 'not-assessed';

export interface ControlRow {
  readonly section: string;
  readonly id: string;
  readonly title: string;
  readonly status: Status;
  readonly open: number;
  readonly servedBy: readonly {
    readonly guardrail: string;
    readonly strength: Strength;
    readonly bearing: Bearing;
    readonly rationale: string;
    readonly isInstalled: boolean;
    readonly status: Status;
    readonly standing: Standing;
  }[];
}

export interface GuardrailRow {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity | 'unknown';
  /** Of the installed one. */
  readonly version: number | undefined;
  readonly isInstalled: boolean;
  readonly limits: readonly string[];
  readonly controls: readonly string[];
  readonly status: Status;
  readonly standing: Standing;
}

export interface AccountRow {
  readonly account: string;
  readonly name: string;
  readonly unit: string;
  readonly status: Status;
  readonly standing: Standing;
  readonly events: number;
}

export interface UnitRow {
  /** Names from the root, `/Workloads/Prod`; the root itself is `/`. */
  readonly path: string;
  readonly depth: number;
  /** Of it and all below. */
  readonly accounts: number;
  readonly status: Status;
  readonly standing: Standing;
}

export interface CellRow {
  readonly account: string;
  readonly guardrail: string;
  readonly status: Status;
  readonly standing: Standing;
}
