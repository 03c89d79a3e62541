import type { Bearing, Severity, Strength } from '#core';
import type { Coverage } from './coverage';
import type { Integrity } from './integrity';
import type { Period } from './period';
import type { Problem } from './read/problem';

/**
 * The report as rows: typed, sorted, stable. Every format renders these and adds nothing. Moments
 * are RFC 3339 in UTC, days `YYYY-MM-DD`, durations milliseconds.
 */
export interface Report {
  readonly cover: Cover;
  readonly completeness: Completeness;
  readonly totals: Totals;
  readonly controls: readonly ControlRow[];
  readonly guardrails: readonly GuardrailRow[];
  readonly accounts: readonly AccountRow[];
  readonly units: readonly UnitRow[];
  readonly cells: readonly CellRow[];
  readonly trend: readonly TrendRow[];
  readonly waits: readonly WaitRow[];
  readonly recurrences: readonly RecurrenceRow[];
  readonly principals: readonly PrincipalRow[] | undefined;
  readonly exceptions: readonly ExceptionRow[];
  readonly changes: readonly ChangeRow[];
  /** Those that need somebody first, then the latest of the others. */
  readonly decisions: readonly DecisionDetail[];
  /** How many decisions of each outcome the period has and how many are listed. */
  readonly listed: readonly ListedRow[];
  readonly sample: Sample;
  readonly coverage: Coverage;
  readonly integrity: Integrity;
}

export interface Cover {
  /** The organization's id; several where the lake holds more than one. */
  readonly organizations: readonly string[];
  readonly framework: {
    readonly id: string;
    readonly name: string;
    readonly version: string;
    readonly lists: string;
  };
  readonly period: Period;
  /** The moment the report speaks for: as asked, else of the latest row. */
  readonly asOf: string | undefined;
  readonly version: string;
  /** What the reader must know of where the data is from. */
  readonly origin: { readonly title: string; readonly text: string } | undefined;
  /** Accounts of the snapshot, or of the lake where no snapshot was given. */
  readonly accounts: number;
  readonly hasSnapshot: boolean;
  readonly regions: readonly string[];
  /** Of whose key the pseudonyms are; undefined where names stand as they are. */
  readonly redaction: { readonly key: string } | undefined;
}

export interface Completeness {
  readonly days: readonly DayRow[];
  readonly objects: number;
  readonly bytes: number;
  readonly decisions: number;
  readonly events: number;
  readonly lastDecision: string | undefined;
  readonly lastEvent: string | undefined;
  /** Accounts that any row of the period names, and those of the snapshot that none does. */
  readonly accountsSeen: number;
  readonly accountsSilent: readonly string[];
  readonly problems: readonly Problem[];
}

export interface DayRow {
  readonly day: string;
  readonly decisions: number;
  readonly events: number;
  readonly objects: number;
}

/**
 * What the decisions of something come to. `decisions`, `violations` and `repairs` count decisions;
 * the others count resources by their latest one.
 */
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

export interface Totals extends Standing {
  readonly controls: Readonly<Record<Status, number>>;
  /** Of the period of the same length before; undefined where the lake holds none of it. */
  readonly before: { readonly decisions: number; readonly violations: number } | undefined;
}

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

/** One guardrail in one account. */
export interface CellRow {
  readonly account: string;
  readonly guardrail: string;
  readonly status: Status;
  readonly standing: Standing;
}

export interface TrendRow {
  readonly day: string;
  readonly hasData: boolean;
  readonly complies: number;
  readonly repaired: number;
  readonly waived: number;
  readonly undetermined: number;
  /** Violations that were left as they were. */
  readonly unrepaired: number;
}

/** How long something took, over violations whose moments are known. */
export interface WaitRow {
  readonly scope: 'all' | 'severity' | 'guardrail';
  readonly of: string;
  /** Delivery is AWS's part of detection; detect: call to verdict; repair: call to last repair. */
  readonly kind: 'delivery' | 'detect' | 'repair';
  readonly count: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  /** Slower than five minutes. */
  readonly slow: number;
}

/** A resource that violated the same guardrail more than once. */
export interface RecurrenceRow {
  readonly guardrail: string;
  readonly account: string;
  readonly resource: string;
  readonly violations: number;
  readonly lastOutcome: string;
}

export interface PrincipalRow {
  readonly principal: string;
  readonly violations: number;
}

/** Violations that were let pass by a waiver. */
export interface ExceptionRow {
  readonly guardrail: string;
  readonly account: string;
  readonly resource: string;
  readonly because: string;
  readonly hits: number;
  readonly first: string;
  readonly last: string;
}

/** What changed about a guardrail within the period, as the decisions show it. */
export interface ChangeRow {
  readonly day: string;
  readonly guardrail: string;
  readonly what: 'first decision' | 'version' | 'mode';
  readonly detail: string;
  readonly accounts: number;
}

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
