import { type PolicyDocument, policyDocument, type Statement } from './document';
import { arns, type Place } from './place';

/** Refuses whatever comes without TLS, and admits nobody from another account. */
export const tlsOnlyPolicy = (place: Place, bucket: string): PolicyDocument =>
  policyDocument(tlsOnly(place, bucket));

/** Refuses whatever comes without TLS. */
export function tlsOnly(place: Place, bucket: string): Statement {
  const arn = arns.bucket(place, bucket);
  return {
    sid: 'RefuseWithoutTls',
    effect: 'Deny',
    principal: '*',
    // A refusal that lists actions leaves out the ones to come; it grants nothing.
    actions: ['s3:*'],
    resources: [arn, `${arn}/*`],
    conditions: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}
