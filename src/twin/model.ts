import type { Deployment } from '#core';
import type { Matcher, Pattern } from '#pattern';
import type { Policy, ResourcePolicy } from './iam';

export interface Rule {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** The bus's ARN. */
  readonly bus: string;
  readonly pattern: Pattern;
  readonly state: string;
  readonly targets: readonly Target[];
}
export interface Target {
  readonly arn: string;
  readonly role?: string;
  readonly deadLetters?: string;
}
export interface Queue {
  readonly arn: string;
  readonly url: string;
  readonly account: string;
  readonly policy?: ResourcePolicy;
  /** ARN of the customer-managed key, where it has one. */
  readonly key?: string;
  readonly largestBytes: number;
}
export interface Role {
  readonly arn: string;
  readonly account: string;
  readonly trust: ResourcePolicy;
  /** Policy name → policy. */
  readonly policies: ReadonlyMap<string, Policy>;
}
export interface Responder {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly role: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What the zip of a responder carries. */
  readonly deployment: Deployment;
}
/** A Firehose stream: from a function that makes rows into a bucket. */
export interface DeliveryStream {
  readonly account: string;
  readonly role: string;
  /** The bucket's ARN. */
  readonly bucket: string;
  /** ARNs of the functions that its records go through. */
  readonly functions: readonly string[];
}
/** A pipe behind a queue. */
export interface Pipe {
  readonly arn: string;
  readonly account: string;
  readonly role: string;
  /** ARN of a function. */
  readonly enrichment?: string;
  readonly target: string;
}
/** What has a policy and a key of its own, or may have. */
export interface Guarded {
  readonly account: string;
  readonly policy?: ResourcePolicy;
  /** ARN of the customer-managed key, where it has one. */
  readonly key?: string;
}

/** The deployment as it would stand in AWS, by ARN. */
export interface Deployed {
  /** Custom buses; an account's default bus needs no entry. */
  readonly buses: ReadonlyMap<string, { readonly policy?: ResourcePolicy }>;
  readonly rules: readonly Rule[];
  /** Tells the ARNs of the rules that match, wherever they are. */
  readonly matcher: Matcher;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly roles: Map<string, Role>;
  /** Functions that judge. */
  readonly functions: ReadonlyMap<string, Responder>;
  /** ARNs of all other functions. */
  readonly otherFunctions: ReadonlySet<string>;
  /** Kinesis streams. */
  readonly streams: ReadonlyMap<string, Guarded>;
  readonly deliveryStreams: ReadonlyMap<string, DeliveryStream>;
  readonly topics: ReadonlyMap<string, Guarded>;
  /** ARNs of log groups. */
  readonly logGroups: ReadonlySet<string>;
  /** What lets services write to log groups: by account and Region, as `222222222222 us-east-1`. */
  readonly logPolicies: ReadonlyMap<string, readonly ResourcePolicy[]>;
  /** ARNs of state machines. */
  readonly machines: ReadonlySet<string>;
  /** By the ARN of the queue it takes from. */
  readonly pipes: ReadonlyMap<string, Pipe>;
  /** Queue or stream ARN → function ARN. */
  readonly mappings: ReadonlyMap<string, string>;
  readonly keys: ReadonlyMap<string, ResourcePolicy>;
  /** By bucket name. */
  readonly buckets: ReadonlyMap<string, Guarded>;
  /** Table name → ARN and key. */
  readonly tables: ReadonlyMap<string, { readonly arn: string; readonly key?: string }>;
  /** Root, OU or account id → SCPs attached to it. */
  readonly scps: ReadonlyMap<string, readonly Policy[]>;
}
