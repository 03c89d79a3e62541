import { type Decision, names, parseTrailEvent, roleArn, serviceOf, type TrailEvent } from '#core';
import { envelopeOf, recordOf } from '#twin/trail';

/** The events that a repair's own calls leave in the trail. */
export function ownEvents({ id, guardrail, made }: Decision): readonly TrailEvent[] {
  return made.map(({ call, answer, at }) => {
    const { account, region } = call.on;
    const role = names.remediationRole(serviceOf(guardrail));
    const caller = {
      type: 'AssumedRole',
      arn: `arn:aws:sts::${account}:assumed-role/${role}/${id}`,
      accountId: account,
      sessionContext: {
        sessionIssuer: { type: 'Role', arn: roleArn('aws', account, role), userName: role },
        sourceIdentity: guardrail.id,
      },
    };
    const place = { account, region, at: new Date(at) };
    const { operation, input } = call;
    return parseTrailEvent(
      JSON.stringify(envelopeOf(recordOf({ operation, input, answer, caller, ...place }), place)),
    );
  });
}
