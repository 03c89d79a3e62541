import type { Access, AnyOperation } from '#core';
import { AnyResource, type PolicyDocument, policyDocument, type Statement } from './document';
import type { Place } from './place';

/**
 * Exactly the actions the operations declare, on the types of things they declare: the role names
 * the type, the session policy names the one resource.
 */
export function operationPermissions(
  operations: readonly AnyOperation<Access>[],
  place: Omit<Place, 'region'>,
): PolicyDocument {
  const byScope = new Map<string, AnyOperation<Access>[]>();
  for (const operation of operations) {
    if (operation.iam.length === 0) continue;
    byScope.set(operation.scope, [...(byScope.get(operation.scope) ?? []), operation]);
  }
  const scopes = [...byScope].sort(([one], [other]) => (one < other ? -1 : 1));
  return policyDocument(...scopes.map(([scope, of]) => statement(scope, of, place)));
}

function statement(
  scope: string,
  operations: readonly AnyOperation<Access>[],
  { partition, account }: Omit<Place, 'region'>,
): Statement {
  const actions = [...new Set(operations.flatMap(({ iam }) => iam))];
  const resource = scope.replaceAll('{partition}', partition).replaceAll('{account}', account);
  const reason = `${actions.join(', ')}: the catalogue says these actions know no resource`;
  return { actions, resources: [resource === '*' ? new AnyResource(reason) : resource] };
}
