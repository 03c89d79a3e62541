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
  const byGrant = new Map<string, AnyOperation<Access>[]>();
  for (const operation of operations) {
    if (operation.iam.length === 0) continue;
    const { scope, onlyWith } = operation;
    const grant = onlyWith ? `${scope} ${onlyWith.key} ${onlyWith.value}` : scope;
    byGrant.set(grant, [...(byGrant.get(grant) ?? []), operation]);
  }
  const grants = [...byGrant].sort(([one], [other]) => (one < other ? -1 : 1));
  return policyDocument(...grants.flatMap(([, of]) => statement(of, place)));
}

function statement(
  operations: readonly AnyOperation<Access>[],
  { partition, account }: Omit<Place, 'region'>,
): readonly Statement[] {
  const [first] = operations;
  if (!first) return [];
  const { scope, onlyWith } = first;
  const actions = [...new Set(operations.flatMap(({ iam }) => iam))];
  const here = (text: string) =>
    text.replaceAll('{partition}', partition).replaceAll('{account}', account);
  const reason = `${actions.join(', ')}: the catalogue says these actions know no resource`;
  const resources = [scope === '*' ? new AnyResource(reason) : here(scope)];
  if (onlyWith === undefined) return [{ actions, resources }];
  const conditions = { ArnEquals: { [onlyWith.key]: here(onlyWith.value) } };
  return [{ actions, resources, conditions }];
}
