import type { Deployment } from '#core';
import type { Pattern } from '#pattern';
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
  /** What its zip carries. */
  readonly deployment: Deployment;
}

/** The deployment as it would stand in AWS, by ARN. */
export interface Deployed {
  /** Custom buses; an account's default bus needs no entry. */
  readonly buses: ReadonlyMap<string, { readonly policy?: ResourcePolicy }>;
  readonly rules: readonly Rule[];
  readonly queues: ReadonlyMap<string, Queue>;
  readonly roles: Map<string, Role>;
  readonly functions: ReadonlyMap<string, Responder>;
  /** Queue ARN → function ARN. */
  readonly mappings: ReadonlyMap<string, string>;
  readonly keys: ReadonlyMap<string, ResourcePolicy>;
  /** Bucket name → its policy and key. */
  readonly buckets: ReadonlyMap<
    string,
    { readonly policy?: ResourcePolicy; readonly key?: string }
  >;
  /** Table name → ARN and key. */
  readonly tables: ReadonlyMap<string, { readonly arn: string; readonly key?: string }>;
  /** Root, OU or account id → SCPs attached to it. */
  readonly scps: ReadonlyMap<string, readonly Policy[]>;
}
