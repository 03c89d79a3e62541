import type { Access, Call, OperationFacts } from '#core';

/** STS takes at most this many characters of an inline session policy. */
export const LARGEST_SESSION_POLICY = 2048;

/**
 * The session policy of one repair: exactly the planned actions on exactly the one resource, until
 * the lease ends. AWS knows no fencing token, so the clock is what stops a late writer.
 * @throws Error where it would not fit, which no repair may work around.
 */
export function sessionPolicy(
  plan: readonly Call<'write'>[],
  operations: ReadonlyMap<string, OperationFacts<Access>>,
  until: Date,
): string {
  const actionsOn = new Map<string, Set<string>>();
  for (const call of plan) {
    const actions = operations.get(call.operation)?.iam;
    if (!actions) throw new Error(`${call.operation} is not declared by the guardrail`);
    const known = actionsOn.get(call.on.arn) ?? new Set();
    for (const action of actions) known.add(action);
    actionsOn.set(call.on.arn, known);
  }
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [...actionsOn].map(([arn, actions]) => ({
      Effect: 'Allow',
      Action: [...actions].sort(),
      Resource: arn,
      Condition: {
        DateLessThan: { 'aws:CurrentTime': until.toISOString().replace(/\.\d+Z/, 'Z') },
      },
    })),
  });
  if (policy.length > LARGEST_SESSION_POLICY)
    throw new Error(`the session policy has ${policy.length} of 2,048 characters`);
  return policy;
}
