import type { EventRow } from './api-activity';
import type { DecisionRow } from './compliance-finding';

/** The type of a column, in words that Hive, Trino and DuckDB all have one for. */
export type Column =
  | 'string'
  | 'boolean'
  | 'int'
  | 'bigint'
  | { readonly array: Column }
  | { readonly struct: { readonly [name: string]: Column } };

/** The column a value needs: a row's attribute without one, or one too many, does not compile. */
type ColumnFor<T> = [T] extends [string]
  ? 'string'
  : [T] extends [boolean]
    ? 'boolean'
    : [T] extends [number]
      ? 'int' | 'bigint'
      : [T] extends [readonly (infer Element)[]]
        ? { readonly array: ColumnFor<Element> }
        : { readonly struct: ColumnsFor<T> };

export type ColumnsFor<Row> = {
  readonly [Name in keyof Row]-?: ColumnFor<NonNullable<Row[Name]>>;
};

const named = { struct: { name: 'string', vendor_name: 'string' } } as const;
const uid = { struct: { uid: 'string' } } as const;
const texts = { array: 'string' } as const;
const owned = { struct: { account: uid } } as const;

const shared = {
  activity_id: 'int',
  activity_name: 'string',
  category_uid: 'int',
  category_name: 'string',
  class_uid: 'int',
  class_name: 'string',
  type_uid: 'bigint',
  type_name: 'string',
  severity_id: 'int',
  severity: 'string',
  time: 'bigint',
  time_dt: 'string',
  status_id: 'int',
  status: 'string',
  message: 'string',
  metadata: {
    struct: {
      uid: 'string',
      version: 'string',
      product: { struct: { ...named.struct, version: 'string' } },
      profiles: texts,
      correlation_uid: 'string',
      original_event_uid: 'string',
      original_time: 'string',
      tenant_uid: 'string',
    },
  },
  cloud: {
    struct: {
      provider: 'string',
      region: 'string',
      account: { struct: { uid: 'string', name: 'string' } },
      org: { struct: { uid: 'string', ou_name: 'string' } },
    },
  },
  resources: {
    array: { struct: { uid: 'string', type: 'string', region: 'string', owner: owned } },
  },
} as const;

const place = { struct: { sha256: 'string', bytes: 'bigint' } } as const;

/** The columns of a decision's row, in the order of the tables. */
export const DECISION_COLUMNS: ColumnsFor<DecisionRow> = {
  ...shared,
  status_code: 'string',
  action_id: 'int',
  action: 'string',
  disposition_id: 'int',
  disposition: 'string',
  is_alert: 'boolean',
  finding_info: {
    struct: {
      uid: 'string',
      uid_alt: 'string',
      title: 'string',
      desc: 'string',
      created_time: 'bigint',
      product: named,
      analytic: { struct: { uid: 'string', name: 'string', type_id: 'int', version: 'string' } },
    },
  },
  compliance: {
    struct: {
      control: 'string',
      standards: texts,
      requirements: texts,
      status_id: 'int',
      status: 'string',
      status_details: texts,
      checks: { array: { struct: { uid: 'string', standards: texts, status_id: 'int' } } },
    },
  },
  remediation: { struct: { desc: 'string' } },
  evidences: {
    array: {
      struct: {
        name: 'string',
        uid: 'string',
        actor: { struct: { user: uid } },
        api: {
          struct: {
            operation: 'string',
            service: { struct: { name: 'string' } },
            response: { struct: { error: 'string' } },
          },
        },
        data: 'string',
      },
    },
  },
  unmapped: {
    struct: {
      verdict: 'string',
      outcome: 'string',
      because: 'string',
      mode: 'string',
      mode_from: 'string',
      guardrail_version: 'int',
      cause: 'string',
      cause_uid: 'string',
      follows: 'string',
      planned: texts,
      made: texts,
      at: {
        struct: {
          called: 'bigint',
          received: 'bigint',
          looked: 'bigint',
          acted: 'bigint',
          recorded: 'bigint',
        },
      },
      body: place,
      event: place,
    },
  },
};

/** The columns of an API call's row, in the order of the tables. */
export const EVENT_COLUMNS: ColumnsFor<EventRow> = {
  ...shared,
  status_code: 'string',
  status_detail: 'string',
  actor: {
    struct: {
      user: {
        struct: {
          uid: 'string',
          name: 'string',
          type: 'string',
          uid_alt: 'string',
          account: uid,
        },
      },
      session: {
        struct: {
          uid: 'string',
          issuer: 'string',
          credential_uid: 'string',
          is_mfa: 'boolean',
          created_time: 'bigint',
        },
      },
      app_name: 'string',
    },
  },
  api: {
    struct: {
      operation: 'string',
      version: 'string',
      service: { struct: { name: 'string' } },
      request: uid,
      response: { struct: { error: 'string', error_message: 'string' } },
    },
  },
  src_endpoint: { struct: { ip: 'string', svc_name: 'string' } },
  http_request: { struct: { user_agent: 'string' } },
  raw_data: 'string',
  unmapped: {
    struct: {
      detail_type: 'string',
      event_type: 'string',
      event_category: 'string',
      read_only: 'boolean',
      management_event: 'boolean',
      shared_event_id: 'string',
      source_identity: 'string',
      replay_name: 'string',
    },
  },
};
