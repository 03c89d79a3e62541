import { names } from '#core';
import { type PolicyDocument, policyDocument } from './document';
import { readSecret, useKeyThrough, writeOwnLogs } from './own-work';
import { arns, type Place } from './place';

/** What the SIEM forwarder may: read its stream, read its secret, keep what the receiver refused. */
export function siemPermissions(
  place: Place,
  siem: { readonly secret: string; readonly key: string; readonly logGroup: string },
): PolicyDocument {
  const refused = arns.bucket(place, names.siemRefused(place.account, place.region));
  return policyDocument(
    {
      sid: 'ReadStream',
      actions: [
        'kinesis:DescribeStream',
        'kinesis:DescribeStreamSummary',
        'kinesis:GetRecords',
        'kinesis:GetShardIterator',
        'kinesis:ListShards',
      ],
      resources: [arns.stream(place, names.siemStream)],
    },
    ...readSecret(place, siem.secret),
    {
      // Listing: Lambda asks whether the bucket is there when the mapping is made.
      sid: 'KeepRefused',
      actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:PutObject'],
      resources: [refused, `${refused}/*`],
    },
    useKeyThrough(place, siem.key, {
      services: ['kinesis', 's3'],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    }),
    writeOwnLogs(place, siem.logGroup),
  );
}
