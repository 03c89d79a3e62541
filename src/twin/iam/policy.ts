import type { Pattern } from './pattern';

/** A list of which one must match, or of which none may. */
export interface Listed<T> {
  readonly sense: 'in' | 'not in';
  readonly values: readonly T[];
}

/** The request's context: keys in lower case, values as a list. */
export type Context = ReadonlyMap<string, readonly string[]>;

/**
 * Whether a value of the request's context is what one value of the policy asks for; undefined where
 * it is of another type, as text is to a numeric operator.
 */
export type Test = (value: string, context: Context) => boolean | undefined;

/** One key under one operator. All conditions of a statement must be met. */
export interface Condition {
  /** As written, e.g. `ForAllValues:StringLike`. */
  readonly operator: string;
  readonly key: string;
  /** The policy's values, for reasons. */
  readonly values: readonly string[];
  readonly rule:
    | { readonly kind: 'null'; readonly wanted: readonly boolean[] }
    | {
        readonly kind: 'compare';
        readonly tests: readonly Test[];
        readonly negated: boolean;
        readonly ifExists: boolean;
        readonly quantifier: 'one' | 'all' | 'any';
      };
}

export interface Statement {
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Listed<Pattern>;
  /** Absent only in resource policies: then it is the resource that carries the policy. */
  readonly resources?: Listed<Pattern>;
  readonly conditions: readonly Condition[];
}

/** Whom a resource policy names. */
export interface Named {
  readonly kind: 'everyone' | 'AWS' | 'Service' | 'Federated' | 'CanonicalUser';
  /** An account is its twelve digits, however it was written; of everyone it is `*`. */
  readonly value: string;
}

export interface ResourceStatement extends Statement {
  readonly principals: Listed<Named>;
}

/** A policy without principals: of an identity or a session, a permissions boundary, an SCP. */
export interface Policy {
  readonly side: 'identity';
  /** What reasons call it, e.g. `reader's policy`. */
  readonly name?: string;
  readonly statements: readonly Statement[];
}

/** A policy with principals: of a bus, queue, bucket or key, a role's trust policy, an RCP. */
export interface ResourcePolicy {
  readonly side: 'resource';
  readonly name?: string;
  readonly statements: readonly ResourceStatement[];
}
