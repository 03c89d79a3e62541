/** A statement's resource that cannot be narrower than `*`, and why. */
export class AnyResource {
  /** @throws TypeError where the reason is empty. */
  constructor(readonly reason: string) {
    if (reason.trim() === '') throw new TypeError('a resource * needs a reason');
  }
}

/** Whom a resource policy or trust policy speaks of. */
export type Principal =
  | '*'
  | { readonly AWS: string | readonly string[] }
  | { readonly Service: string | readonly string[] };

/** Condition operator → condition key → values. */
export type Conditions = Readonly<
  Record<string, Readonly<Record<string, string | readonly string[]>>>
>;

/** One statement as its author writes it; the reason of an `AnyResource` stays here. */
export interface Statement {
  readonly sid?: string;
  /** @default 'Allow' */
  readonly effect?: 'Allow' | 'Deny';
  /** Absent in a role's permissions. */
  readonly principal?: Principal;
  readonly actions: readonly string[];
  /** Absent in a trust policy. */
  readonly resources?: readonly (string | AnyResource)[];
  readonly conditions?: Conditions;
}

/** One statement as AWS reads it. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: Principal;
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly Condition?: Conditions;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

/**
 * Renders statements as AWS reads them.
 * @throws TypeError where an allowed action has a wildcard, or a resource `*` has no reason.
 */
export const policyDocument = (...statements: readonly Statement[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: statements.map(rendered),
});

function rendered(statement: Statement): PolicyStatement {
  const { sid, effect = 'Allow', principal, actions, resources, conditions } = statement;
  const wild = actions.find((action) => action.includes('*'));
  if (effect === 'Allow' && wild !== undefined)
    throw new TypeError(`${sid ?? 'a statement'} allows ${wild}: name each action`);
  return {
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: effect,
    ...(principal === undefined ? {} : { Principal: principal }),
    Action: [...actions].sort(),
    ...(resources === undefined ? {} : { Resource: resources.map(resourceName) }),
    ...(conditions === undefined ? {} : { Condition: conditions }),
  };
}

function resourceName(resource: string | AnyResource): string {
  if (resource instanceof AnyResource) return '*';
  if (resource === '*') throw new TypeError('a resource * needs a reason: new AnyResource(…)');
  return resource;
}
