import type { ClassifiedRow, ResourceDetails } from './classified-row';

export interface Evidence {
  readonly name: 'cause' | 'before' | 'after' | 'call';
  /** Of a cause the eventID, of a call AWS's request id. */
  readonly uid?: string;
  readonly actor?: { readonly user: { readonly uid: string } };
  readonly api?: {
    /** Of a cause CloudTrail's event name, of a call the operation's id, e.g. `s3:PutBucketAcl`. */
    readonly operation: string;
    /** CloudTrail's event source. */
    readonly service?: { readonly name: string };
    /** Only where the call was refused: the error code. */
    readonly response?: { readonly error: string };
  };
  /** JSON as text: of a state the state (absent where only the body has it), of a call `{at}`. */
  readonly data?: string;
}

export interface Moments {
  /** When the call was made, by CloudTrail. */
  readonly called?: number;
  /** When the responder got the event: `received - called` is AWS's delivery. */
  readonly received?: number;
  readonly looked?: number;
  /** When the last call was answered; absent where none was made. */
  readonly acted?: number;
  readonly recorded?: number;
}

export interface BodyPlace {
  readonly sha256: string;
  readonly bytes: number;
}

export interface DecisionUnmapped {
  /** complies | violates | undetermined. */
  readonly verdict: string;
  /** nothing | observed | shadowed | repaired | partly | failed | held | waived | undetermined. */
  readonly outcome: string;
  /** Why the outcome is what it is, where verdict and mode do not tell. */
  readonly because?: string;
  /** off | observe | shadow | notify | approve | enforce. */
  readonly mode: string;
  /** The configuration entry the mode came from. */
  readonly mode_from: string;
  readonly guardrail_version: number;
  /** event | sweep | approval | undo | release. */
  readonly cause: string;
  /** CloudTrail's eventID, or the id of the sweep, approval, … */
  readonly cause_uid: string;
  /** The decision that this one follows. */
  readonly follows?: string;
  /** Operation ids in order. */
  readonly planned: readonly string[];
  readonly made: readonly string[];
  readonly at: Moments;
  readonly body: BodyPlace;
  readonly event?: BodyPlace;
}

export interface ComplianceCheck {
  /** The requirement's id within its standard, e.g. `2.1.4`. */
  readonly uid: string;
  /** Exactly one: the framework's id, e.g. `cis-5.0`. */
  readonly standards: readonly string[];
  /** As `compliance.status_id`. */
  readonly status_id: number;
}

export interface DecisionRow extends ClassifiedRow {
  readonly class_uid: 2003;
  /** 1 create, 2 update, 3 close. */
  readonly activity_id: 1 | 2 | 3;
  /** 1 new, 2 in progress, 3 suppressed, 4 resolved. */
  readonly status_id: 1 | 2 | 3 | 4;
  /** The outcome. */
  readonly status_code: string;
  /** 0 unknown, 1 allowed, 3 observed, 4 modified. */
  readonly action_id: number;
  readonly action: string;
  /** See the table in decision-status.ts. */
  readonly disposition_id: number;
  readonly disposition: string;
  readonly is_alert: boolean;
  readonly finding_info: {
    /** The decision's id. */
    readonly uid: string;
    /** The same for all decisions of one guardrail on one resource. */
    readonly uid_alt: string;
    /** The guardrail's title. */
    readonly title: string;
    /** Why it matters. */
    readonly desc?: string;
    /** When the responder got the event. */
    readonly created_time?: number;
    readonly product: { readonly name: string; readonly vendor_name: string };
    /** The guardrail, as a rule. */
    readonly analytic: {
      readonly uid: string;
      readonly name: string;
      /** 1: a rule. */
      readonly type_id: number;
      readonly version: string;
    };
  };
  readonly compliance: {
    /** The guardrail's id, e.g. `s3.bucket-public`. */
    readonly control: string;
    /** Framework ids, e.g. `cis-5.0`, sorted. */
    readonly standards: readonly string[];
    /** `<framework>:<requirement>`, e.g. `cis-5.0:2.1.4`, sorted. */
    readonly requirements: readonly string[];
    /** 1 pass, 2 warning (could not be determined), 3 fail (waived ones too). */
    readonly status_id: number;
    readonly status: string;
    /** The verdict's reason. */
    readonly status_details: readonly string[];
    /** One a requirement. */
    readonly checks: readonly ComplianceCheck[];
  };
  readonly resources: readonly ResourceDetails[];
  /** What was planned, in words; absent where nothing was. */
  readonly remediation?: { readonly desc: string };
  readonly evidences: readonly Evidence[];
  readonly unmapped: DecisionUnmapped;
}
