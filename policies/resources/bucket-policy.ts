import { type PolicyDocument, policyDocument } from './document';
import { arns, type Place } from './place';

/** Refuses whatever comes without TLS, and whatever comes from outside the account. */
export function privateBucketPolicy(place: Place, bucket: string): PolicyDocument {
  const arn = arns.bucket(place, bucket);
  // A refusal that lists actions leaves out the ones to come: `s3:*` is narrower here.
  const everything = { actions: ['s3:*'], resources: [arn, `${arn}/*`] };
  return policyDocument({
    sid: 'RefuseWithoutTls',
    effect: 'Deny',
    principal: '*',
    ...everything,
    conditions: { Bool: { 'aws:SecureTransport': 'false' } },
  });
}
