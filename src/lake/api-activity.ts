import type { ClassifiedRow, ResourceDetails } from './classified-row';

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
