import {
  type AnyGuardrail,
  type Deployment,
  names,
  roleArn,
  serviceOf,
  type TrailEvent,
} from '#core';

/** Why a guardrail leaves an event alone, or undefined where it wants it. */
export function unwanted(
  guardrail: AnyGuardrail,
  event: TrailEvent,
  deployment: Pick<Deployment, 'partition'>,
): string | undefined {
  const trigger = guardrail.triggers.find(
    ({ operation: { trail } }) => trail.source === event.source && trail.names.includes(event.name),
  );
  if (trigger === undefined) return 'the call is none of its triggers';
  if (event.errorCode !== undefined && trigger.failed === 'ignored')
    return `the call failed: ${event.errorCode}`;
  if (isOwnAction(guardrail, event, deployment.partition)) return 'its own action';
  return undefined;
}

/** Exact role and source identity: a prefix of a name proves nothing, and others judge the call. */
function isOwnAction(guardrail: AnyGuardrail, event: TrailEvent, partition: string): boolean {
  const role = names.remediationRole(serviceOf(guardrail));
  return (
    event.caller.role === roleArn(partition, event.account, role) &&
    event.caller.sourceIdentity === guardrail.id
  );
}
