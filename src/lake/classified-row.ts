/** What both rows of the lake have: see rows.ts. */

export type SeverityId = 0 | 1 | 2 | 3 | 4 | 5;

export interface ClassifiedRow {
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
