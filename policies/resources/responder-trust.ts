import { names, roleArn } from '#core';
import { type PolicyDocument, policyDocument } from './document';
import { arns, type Place } from './place';

/** The security account as a member's trust policy sees it. */
export type Trusted = Omit<Place, 'region'> & { readonly organization: string };

/**
 * Trusts every responder that reads, and the function that looks again. A reading session serves many guardrails, so it carries no
 * source identity.
 */
export const readerTrust = (security: Trusted, services: readonly string[]): PolicyDocument =>
  policyDocument({
    sid: 'RespondersRead',
    principal: { AWS: arns.root(security) },
    actions: ['sts:AssumeRole'],
    conditions: {
      StringEquals: { 'aws:PrincipalOrgID': security.organization },
      ArnEquals: {
        'aws:PrincipalArn': [
          ...respondersOf(security, services),
          roleArn(security.partition, security.account, names.lookAgain),
        ],
      },
    },
  });

/** Trusts one service's responder, for exactly that service's guardrails that write. */
export const remediationTrust = (
  security: Trusted,
  service: string,
  guardrails: readonly string[],
): PolicyDocument =>
  policyDocument({
    sid: 'ResponderRepairs',
    principal: { AWS: arns.root(security) },
    actions: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
    conditions: {
      StringEquals: {
        'aws:PrincipalOrgID': security.organization,
        'sts:SourceIdentity': guardrails,
      },
      ArnEquals: { 'aws:PrincipalArn': respondersOf(security, [service]) },
    },
  });

/**
 * Names in a condition below the root, not roles as principals: those would become unique ids when
 * a role is made anew, and be refused while it does not exist.
 */
const respondersOf = ({ partition, account }: Trusted, services: readonly string[]) =>
  services.map((service) => roleArn(partition, account, names.responder(service)));
