/**
 * The two rows of the lake, as they stand in NDJSON and in Parquet alike. Names, types and
 * numbers are OCSF 1.8's (https://schema.ocsf.io, Apache-2.0); what OCSF has no place for stands
 * under `unmapped`. All times are epoch milliseconds, but those named `…_dt`, which are RFC 3339.
 * An attribute that has no value is absent in NDJSON and null in Parquet.
 */

/** OCSF severity: 0 unknown, 1 informational, 2 low, 3 medium, 4 high, 5 critical. */
export type SeverityId = 0 | 1 | 2 | 3 | 4 | 5;

interface ClassifiedRow {
  readonly activity_id: number;
  readonly activity_name: string;
  readonly category_uid: number;
  readonly category_name: string;
  readonly class_uid: number;
  readonly class_name: string;
  /** class_uid × 100 + activity_id. */
  readonly type_uid: number;
  readonly type_name: string;
  readonly severity_id: SeverityId;
  readonly severity: string;
  /** Epoch milliseconds. */
  readonly time: number;
  /** The same moment, RFC 3339 in UTC. */
  readonly time_dt: string;
  readonly status_id: number;
  readonly status: string;
  /** One sentence for people. */
  readonly message: string;
  readonly metadata: Metadata;
  readonly cloud: Cloud;
}

export interface Metadata {
  /** Deterministic: the same decision or event has the same uid however often it is delivered. */
  readonly uid: string;
  /** Of OCSF. */
  readonly version: string;
  readonly product: {
    readonly name: string;
    readonly vendor_name: string;
    readonly version?: string;
  };
  readonly profiles: readonly string[];
  /** CloudTrail's eventID: the same in an event's row and in the rows of the decisions it caused. */
  readonly correlation_uid?: string;
  /** The id in the system it came from: CloudTrail's eventID, or the decision's id. */
  readonly original_event_uid: string;
  /** When the call was made, as its source wrote it. */
  readonly original_time?: string;
  /** The organization's id. */
  readonly tenant_uid: string;
}

export interface Cloud {
  readonly provider: 'AWS';
  /** Where the resource lies; of an event, where it was delivered. */
  readonly region: string;
  readonly account: {
    readonly uid: string;
    /** Absent where the account is not in the organization's snapshot. */
    readonly name?: string;
  };
  readonly org: {
    readonly uid: string;
    /** The whole path of names from the root, e.g. `/Workloads/Prod`; the root itself is `/`. */
    readonly ou_name?: string;
  };
}

export interface ResourceDetails {
  /** The ARN. */
  readonly uid: string;
  /** Of a decision CloudFormation's type name, of an event CloudTrail's (mostly the same). */
  readonly type?: string;
  readonly region?: string;
  /** Whose it is. */
  readonly owner?: { readonly account: { readonly uid: string } };
}

/** What a decision rests on: its cause, the state before and after, and each call that was made. */
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

/** A moment of a decision, epoch milliseconds. */
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

/** Where the whole body lies in the evidence store: SHA-256 in hex, and its bytes. */
export interface BodyPlace {
  readonly sha256: string;
  readonly bytes: number;
}

/** Parapet's own about a decision: what OCSF has no attribute for. */
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

/** One requirement of one framework, with the status of the decision. */
export interface ComplianceCheck {
  /** The requirement's id within its standard, e.g. `2.1.4`. */
  readonly uid: string;
  /** Exactly one: the framework's id, e.g. `cis-5.0`. */
  readonly standards: readonly string[];
  /** As `compliance.status_id`. */
  readonly status_id: number;
}

/**
 * A decision: OCSF class 2003, Compliance Finding, with the profiles cloud, datetime and
 * security_control. One row for one judgement of one resource by one guardrail.
 */
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

export interface Actor {
  readonly user?: {
    /** The ARN. */
    readonly uid?: string;
    readonly name?: string;
    /** CloudTrail's userIdentity.type. */
    readonly type?: string;
    /** CloudTrail's principalId. */
    readonly uid_alt?: string;
    readonly account?: { readonly uid: string };
  };
  readonly session?: {
    /** The session's name. */
    readonly uid?: string;
    /** The role's ARN. */
    readonly issuer?: string;
    /** The access key's id. */
    readonly credential_uid?: string;
    readonly is_mfa?: boolean;
    readonly created_time?: number;
  };
  /** The service that made the call, for itself or for somebody. */
  readonly app_name?: string;
}

/** Of an API call what OCSF has no attribute for. */
export interface EventUnmapped {
  readonly detail_type: string;
  readonly event_type?: string;
  readonly event_category?: string;
  readonly read_only?: boolean;
  readonly management_event?: boolean;
  /** The same in the copies that caller and owner get of one call. */
  readonly shared_event_id?: string;
  readonly source_identity?: string;
  readonly replay_name?: string;
}

/**
 * An API call: OCSF class 6003, API Activity, with the profiles cloud and datetime. One row for
 * one CloudTrail record in one account.
 */
export interface EventRow extends ClassifiedRow {
  readonly class_uid: 6003;
  /** 1 create, 2 read, 3 update, 4 delete, 99 other. */
  readonly activity_id: 1 | 2 | 3 | 4 | 99;
  /** 1 success, 2 failure. */
  readonly status_id: 1 | 2;
  /** The error code. */
  readonly status_code?: string;
  /** The error message. */
  readonly status_detail?: string;
  readonly actor: Actor;
  readonly api: {
    /** CloudTrail's event name. */
    readonly operation: string;
    readonly version?: string;
    /** CloudTrail's event source, e.g. `s3.amazonaws.com`. */
    readonly service: { readonly name: string };
    readonly request?: { readonly uid: string };
    readonly response?: { readonly error?: string; readonly error_message?: string };
  };
  readonly src_endpoint: {
    readonly ip?: string;
    /** Where the source is a service of AWS. */
    readonly svc_name?: string;
  };
  readonly http_request?: { readonly user_agent: string };
  readonly resources?: readonly ResourceDetails[];
  /** The EventBridge envelope, byte for byte as it arrived. */
  readonly raw_data: string;
  readonly unmapped: EventUnmapped;
}

export type LakeRow = DecisionRow | EventRow;

/** OCSF's numbers of the two classes: also the folders of the lake. */
export const DECISION_CLASS = 2003 as const;
export const EVENT_CLASS = 6003 as const;
export const OCSF_VERSION = '1.8.0';
