import { type PolicyDocument, policyDocument } from './document';
import { arns, type Place } from './place';

/** Refuses whatever comes without TLS. */
export function tlsOnlyPolicy(place: Place, bucket: string): PolicyDocument {
  const arn = arns.bucket(place, bucket);
  return policyDocument({
    sid: 'RefuseWithoutTls',
    effect: 'Deny',
    principal: '*',
    // A refusal that lists actions leaves out the ones to come; it grants nothing.
    actions: ['s3:*'],
    resources: [arn, `${arn}/*`],
    conditions: { Bool: { 'aws:SecureTransport': 'false' } },
  });
}
