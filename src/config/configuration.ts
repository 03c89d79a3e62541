import type { AccountKind, Deployment, Json, ModeEntry } from '#core';
import type { Deployer } from '#core/deployer';
import type { SiemReceiver } from '#core/siem-receiver';
import type { Problem } from './errors';
import type { Outputs } from './outputs';

/** An active account of the organization, as the deployment treats it. */
export interface Account {
  /** Twelve digits. */
  readonly id: string;
  readonly name: string;
  readonly kind: AccountKind;
  /** Names from the root, e.g. `/Workloads/Prod`; the root itself is `/`. */
  readonly ouPath: string;
  /** Regions that are governed and enabled in this account, in the order of `regions.governed`. */
  readonly regions: readonly string[];
}

/** Where Terraform keeps its state. */
export type StateBackend =
  | { readonly backend: 'local'; readonly folder: string }
  | {
      readonly backend: 's3';
      readonly bucket: string;
      readonly region: string;
      readonly keyPrefix?: string | undefined;
      readonly kmsKeyId?: string | undefined;
      readonly roleArn?: string | undefined;
    };

/** Which trail makes the events, and whose data events it also records. */
export interface Trail {
  /** Whether Parapet makes the organization trail. */
  readonly create: boolean;
  /** The ARN of the one that is there already. Never set where `create` is. */
  readonly existing?: string | undefined;
  /** Names of buckets, anywhere in the organization, whose writes are recorded object by object. */
  readonly dataEvents: { readonly buckets: readonly string[] };
}

/** How long the buckets of the log-archive account keep things. */
export interface Retention {
  readonly trailDays: number;
  readonly lakeDays: number;
  /** Under Object Lock: before that time nothing goes. */
  readonly evidence: { readonly days: number; readonly mode: 'governance' | 'compliance' };
}

/** The root or an OU, as an organization policy is attached to it. */
export interface Unit {
  readonly id: string;
  /** Names from the root; the root itself is `/`. */
  readonly path: string;
}

/** `parapet.yaml` and the organization's snapshot, checked and resolved. */
export interface Configuration {
  /** The path of `parapet.yaml`, as it was given. */
  readonly file: string;
  readonly partition: 'aws';
  readonly organization: { readonly id: string; readonly rootId: string };
  /** Active accounts only, by id. */
  readonly accounts: readonly Account[];
  /** The three accounts that are not members like the others. */
  readonly parts: {
    readonly management: string;
    readonly security: string;
    readonly logArchive: string;
  };
  readonly regions: { readonly home: string; readonly governed: readonly string[] };
  /** The role the deployment assumes in an account of that kind; null is the caller's own credentials. */
  readonly roles: Readonly<Record<AccountKind, string | null>>;
  readonly state: StateBackend;
  readonly trail: Trail;
  readonly retention: Retention;
  /** Where each service control policy is attached; nowhere by default. */
  readonly organizationPolicies: {
    readonly protect: readonly Unit[];
    readonly quarantine: readonly Unit[];
  };
  /** Absent where the organization has no Control Tower. */
  readonly controlTower?: { readonly homeRegion: string } | undefined;
  /** `enabled`: forwarding rules only for guardrails that are not off everywhere. */
  readonly forward: 'all' | 'enabled';
  /** Undefined: nobody receives events and decisions. */
  readonly siem?: SiemReceiver;
  /** Who enrols accounts that come. Undefined: they are only told of. */
  readonly deployer?: Deployer;
  readonly modes: readonly ModeEntry[];
  /** By guardrail id, of every guardrail: as its own schema parsed them, defaults filled in. */
  readonly settings: Readonly<Record<string, Json>>;
  /** What becomes of events and decisions beside responding to them. */
  readonly outputs: Outputs;
  /** What is allowed but should be known. */
  readonly warnings: readonly Problem[];
}

/** What a responder carries in its zip. */
export function deploymentOf(configuration: Configuration): Deployment {
  const { partition, organization, accounts, parts, regions, modes, settings } = configuration;
  return {
    partition,
    organization: {
      id: organization.id,
      accounts: Object.fromEntries(
        accounts.map(({ id, name, kind, ouPath }) => [id, { name, kind, ouPath }]),
      ),
    },
    security: { account: parts.security, region: regions.home },
    governed: regions.governed,
    modes,
    settings,
  };
}
