import { names, roleArn } from '#core';
import { type PolicyDocument, policyDocument } from './document';
import { useKeyThrough, writeOwnLogs } from './own-work';
import { arns, type Place } from './place';

/** Reads bodies of decisions, and resources by the reader's role: it can change nothing. */
export function lookAgainPermissions(
  place: Place,
  parts: { readonly organization: string; readonly key: string; readonly logGroup: string },
): PolicyDocument {
  const bodies = arns.bucket(place, names.bodies(place.account, place.region));
  return policyDocument(
    { sid: 'ReadBodies', actions: ['s3:GetObject'], resources: [`${bodies}/*`] },
    useKeyThrough(place, parts.key, { services: ['s3'], actions: ['kms:Decrypt'] }),
    {
      sid: 'ReadInMembers',
      actions: ['sts:AssumeRole'],
      resources: [roleArn(place.partition, '*', names.readerRole)],
      conditions: { StringEquals: { 'aws:ResourceOrgID': parts.organization } },
    },
    writeOwnLogs(place, parts.logGroup),
  );
}
