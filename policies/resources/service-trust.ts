import { type PolicyDocument, policyDocument } from './document';
import type { Place } from './place';

/** Trusts a service on behalf of this account, or of exactly the things whose ARNs are given. */
export const serviceTrust = (
  service: string,
  { account }: Pick<Place, 'account'>,
  sources?: readonly string[],
): PolicyDocument =>
  policyDocument({
    sid: 'ServiceOnBehalfOfThisAccount',
    principal: { Service: service },
    actions: ['sts:AssumeRole'],
    conditions: {
      ...(sources === undefined ? {} : { ArnEquals: { 'aws:SourceArn': sources } }),
      StringEquals: { 'aws:SourceAccount': account },
    },
  });
