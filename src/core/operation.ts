import type { Json } from './json';
import type { Resource } from './resource';

export type Access = 'read' | 'write';

/** A planned API call: data, printable, storable, answerable from memory. */
export interface Call<A extends Access = Access, O = unknown> {
  /** The operation's id, e.g. `s3:PutBucketAcl`. */
  readonly operation: string;
  readonly access: A;
  readonly on: Resource;
  readonly input: Json;
  /** Never present: carries the output's type to `look`. */
  readonly output?: O;
}

/** What the world said to a call. `refused` is never read as "there is none". */
export type Answer<O = unknown> =
  | { readonly kind: 'found'; readonly value: O }
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'refused';
      readonly why: 'denied' | 'throttled' | 'malformed' | 'timeout';
      readonly code: string;
    };

/** How CloudTrail names an operation, and in which Region's bus its events appear. */
export interface Trail {
  /** The event source, e.g. `s3.amazonaws.com`. */
  readonly source: string;
  /** Event names; they differ from the API's name for S3, Lambda and CloudFront. */
  readonly names: readonly string[];
  readonly region: 'own' | 'us-east-1' | 'any';
}

/** How a listing that comes in pages is read to its end: names in the operation's output and input. */
export interface Pages {
  /** The output's list. */
  readonly list: string;
  /** The output's token for the page that follows; there is none on the last. */
  readonly next: string;
  /** The input that takes the token. */
  readonly from: string;
}

/** The one value a role is granted an operation with: a condition key, and the input it stands for. */
export interface OnlyWith {
  /** E.g. `iam:PolicyARN`. */
  readonly key: string;
  /** An ARN, with `{partition}` where that stands. */
  readonly value: string;
  /** Name of the input, e.g. `PolicyArn`. */
  readonly input: string;
}

/** The facts of an operation: its three names, its permissions, what its errors mean. */
export interface OperationFacts<A extends Access> {
  readonly id: string;
  readonly access: A;
  /** Absent for what is recorded but cannot be called, such as a console sign-in. */
  readonly sdk?: { readonly client: string; readonly command: string; readonly pages?: Pages };
  /** IAM actions a caller needs. */
  readonly iam: readonly string[];
  /**
   * The type of thing a role is granted it on: an ARN with `*` for the name and `{partition}` and
   * `{account}` where those stand, e.g. `arn:{partition}:sqs:*:{account}:*`.
   */
  readonly scope: string;
  /** Where the action could do far more than any guardrail wants of it. */
  readonly onlyWith?: OnlyWith;
  readonly trail: Trail;
  /** Error codes that mean "there is none". */
  readonly absentOn: readonly string[];
  /** Dotted paths of input or output that are never stored or logged. */
  readonly secret: readonly string[];
}

/** One API operation. Calling it makes nothing happen: it returns a `Call`. */
export interface Operation<I, O, A extends Access> extends OperationFacts<A> {
  (on: Resource, input: I): Call<A, O>;
}

/** An operation whose input and output do not matter here, only its facts. */
export type AnyOperation<A extends Access = Access> = Operation<never, unknown, A>;

/** Defines an operation; the type arguments are the SDK's input and output. */
export function operation<I, O>() {
  return <A extends Access>(facts: OperationFacts<A>): Operation<I, O, A> => {
    const call = (on: Resource, input: I): Call<A, O> => ({
      operation: facts.id,
      access: facts.access,
      on,
      input: input as unknown as Json,
    });
    return Object.assign(call, facts);
  };
}
