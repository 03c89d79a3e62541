import { names } from '#core';
import { type PolicyDocument, policyDocument } from './document';
import { useKeyThrough, writeOwnLogs } from './own-work';
import { arns, type Place } from './place';

/** A secret's ARN: Secrets Manager adds a hyphen and six characters to its name. */
const secretArn = ({ partition, region, account }: Place, secret: string): string =>
  secret.startsWith('arn:')
    ? secret
    : `arn:${partition}:secretsmanager:${region}:${account}:secret:${secret}-??????`;

/** What the SIEM forwarder may: read its stream, read its secret, keep what the receiver refused. */
export function siemPermissions(
  place: Place,
  siem: { readonly secret: string; readonly key: string; readonly logGroup: string },
): PolicyDocument {
  const { partition, region, account } = place;
  const refused = arns.bucket(place, names.siemRefused(account, region));
  const secret = secretArn(place, siem.secret);
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
    { sid: 'ReadSecret', actions: ['secretsmanager:GetSecretValue'], resources: [secret] },
    {
      // Whichever key of the account the secret has: it opens nothing but this secret.
      sid: 'DecryptSecret',
      actions: ['kms:Decrypt'],
      resources: [`arn:${partition}:kms:${region}:${account}:key/*`],
      conditions: {
        StringEquals: { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` },
        StringLike: { 'kms:EncryptionContext:SecretARN': secret },
      },
    },
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
