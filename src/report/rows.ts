import type { Coverage } from './coverage';
import type { DecisionDetail, ListedRow, Sample } from './decision-detail';
import type { Integrity } from './integrity';
import type { Period } from './period';
import type { Problem } from './read/problem';
import type {
  AccountRow,
  CellRow,
  ControlRow,
  GuardrailRow,
  Standing,
  Status,
  UnitRow,
} from './standings';

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

export interface Totals extends Standing {
  readonly controls: Readonly<Record<Status, number>>;
  /** Of the period of the same length before; undefined where the lake holds none of it. */
  readonly before: { readonly decisions: number; readonly violations: number } | undefined;
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

export interface ExceptionRow {
  readonly guardrail: string;
  readonly account: string;
  readonly resource: string;
  readonly because: string;
  readonly hits: number;
  readonly first: string;
  readonly last: string;
}

export interface ChangeRow {
  readonly day: string;
  readonly guardrail: string;
  readonly what: 'first decision' | 'version' | 'mode';
  readonly detail: string;
  readonly accounts: number;
}
