import { names, roleArn } from '#core';
import { type PolicyDocument, policyDocument, type Statement } from './document';
import { arns, type Place } from './place';

/** The security account as a member's trust policy sees it. */
export type Trusted = Omit<Place, 'region'> & { readonly organization: string };

const ASSUME = ['sts:AssumeRole', 'sts:SetSourceIdentity'];

/**
 * The root with ArnEquals, not the role as principal: that would become a unique id when the role
 * is made anew, and be refused while the role does not exist.
 */
const trusting = (security: Trusted, services: readonly string[]) => ({
  principal: { AWS: arns.root(security) },
  actions: ASSUME,
  equals: { 'aws:PrincipalOrgID': security.organization },
  responders: {
    'aws:PrincipalArn': services.map((service) =>
      roleArn(security.partition, security.account, names.responder(service)),
    ),
  },
});

/** Trusts every responder that reads; the source identity names a guardrail of such a service. */
export function readerTrust(security: Trusted, services: readonly string[]): PolicyDocument {
  const { principal, actions, equals, responders } = trusting(security, services);
  return policyDocument({
    sid: 'RespondersRead',
    principal,
    actions,
    conditions: {
      StringEquals: equals,
      ArnEquals: responders,
      StringLike: { 'sts:SourceIdentity': services.map((service) => `${service}.*`) },
    },
  } satisfies Statement);
}

/** Trusts one service's responder, for exactly that service's guardrails that write. */
export function remediationTrust(
  security: Trusted,
  service: string,
  guardrails: readonly string[],
): PolicyDocument {
  const { principal, actions, equals, responders } = trusting(security, [service]);
  return policyDocument({
    sid: 'ResponderRepairs',
    principal,
    actions,
    conditions: {
      StringEquals: { ...equals, 'sts:SourceIdentity': guardrails },
      ArnEquals: responders,
    },
  });
}
