import { names } from '#core';
import { type PolicyDocument, policyDocument, type Statement } from './document';
import { writeOwnLogs } from './own-work';
import { arns, type Place } from './place';

/** The lake as the security account's roles see it: its bucket and key are another account's. */
export interface Lake {
  /** The security account. */
  readonly place: Place;
  readonly logArchive: string;
}

const STREAMS = ['events', 'decisions'] as const;

const bucketOf = ({ place, logArchive }: Lake): string =>
  arns.bucket(place, names.lakeBucket(logArchive, place.region));

/**
 * The key by what it is used for: its id is not known beforehand, its use for this one bucket is.
 * With a bucket key the context is the bucket, without one the object.
 */
const useLakeKey = (lake: Lake, actions: readonly string[]): Statement => {
  const { place, logArchive } = lake;
  const bucket = bucketOf(lake);
  return {
    sid: 'UseKeyOfLake',
    actions,
    resources: [`arn:${place.partition}:kms:${place.region}:${logArchive}:key/*`],
    conditions: {
      StringEquals: { 'kms:ViaService': `s3.${place.region}.amazonaws.com` },
      StringLike: { 'kms:EncryptionContext:aws:s3:arn': [bucket, `${bucket}/*`] },
    },
  };
};

/** Where Firehose tells what it could not deliver. */
export const lakeStreamLog = (of: 'events' | 'decisions'): string =>
  `/aws/kinesisfirehose/${names.lakeStream(of)}`;

/** The ARNs on whose behalf Firehose takes its role. */
export const lakeStreams = (place: Place): readonly string[] =>
  STREAMS.map((of) => arns.deliveryStream(place, names.lakeStream(of)));

/**
 * The one role that writes to the lake, across accounts on its bucket and its key.
 * https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
 */
export function firehosePermissions(lake: Lake): PolicyDocument {
  const { place } = lake;
  const bucket = bucketOf(lake);
  const rows = STREAMS.map((of) => arns.function(place, names.lakeRows(of)));
  return policyDocument(
    {
      sid: 'LookAtLake',
      actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
      resources: [bucket],
    },
    {
      // Into another account's bucket Firehose puts with an ACL that names its owner.
      sid: 'DeliverToLake',
      actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject', 's3:PutObjectAcl'],
      resources: [`${bucket}/*`],
    },
    useLakeKey(lake, ['kms:Decrypt', 'kms:GenerateDataKey']),
    {
      sid: 'MakeRows',
      actions: ['lambda:GetFunctionConfiguration', 'lambda:InvokeFunction'],
      resources: rows.flatMap((arn) => [arn, `${arn}:*`]),
    },
    {
      sid: 'WriteOwnLogs',
      actions: ['logs:PutLogEvents'],
      resources: STREAMS.map((of) => `${arns.logGroup(place, lakeStreamLog(of))}:*`),
    },
  );
}

/** The function that makes rows reads nothing: what it needs lies in its zip. */
export const lakeRowsPermissions = (place: Place, logGroup: string): PolicyDocument =>
  policyDocument(writeOwnLogs(place, logGroup));

/** Whom the security account's IAM lets take the reader's role; it has no rights anywhere else. */
export const lakeReaderTrust = (place: Place, organization: string): PolicyDocument =>
  policyDocument({
    sid: 'OwnAccount',
    principal: { AWS: arns.root(place) },
    actions: ['sts:AssumeRole'],
    conditions: { StringEquals: { 'aws:PrincipalOrgID': organization } },
  });

/** Asking Athena in the one workgroup, whose limits nobody can pass by, and copying the lake. */
export function lakeReaderPermissions(lake: Lake & { readonly key: string }): PolicyDocument {
  const { place, key } = lake;
  const bucket = bucketOf(lake);
  const answers = arns.bucket(place, names.lakeAnswers(place.account, place.region));
  return policyDocument(
    {
      sid: 'Ask',
      actions: [
        'athena:BatchGetNamedQuery',
        'athena:GetNamedQuery',
        'athena:GetQueryExecution',
        'athena:GetQueryResults',
        'athena:GetWorkGroup',
        'athena:ListNamedQueries',
        'athena:ListQueryExecutions',
        'athena:StartQueryExecution',
        'athena:StopQueryExecution',
      ],
      resources: [arns.workgroup(place, names.lakeWorkgroup)],
    },
    {
      sid: 'ReadTables',
      actions: ['glue:GetDatabase', 'glue:GetTable', 'glue:GetTables', 'glue:GetPartitions'],
      resources: [
        arns.glue(place, 'catalog'),
        arns.glue(place, `database/${names.lakeDatabase}`),
        arns.glue(place, `table/${names.lakeDatabase}/*`),
      ],
    },
    {
      sid: 'ReadLake',
      actions: ['s3:GetBucketLocation', 's3:GetObject', 's3:ListBucket'],
      resources: [bucket, `${bucket}/*`],
    },
    useLakeKey(lake, ['kms:Decrypt']),
    {
      sid: 'KeepAnswers',
      actions: [
        's3:AbortMultipartUpload',
        's3:GetBucketLocation',
        's3:GetObject',
        's3:ListBucket',
        's3:ListMultipartUploadParts',
        's3:PutObject',
      ],
      resources: [answers, `${answers}/*`],
    },
    {
      sid: 'UseKeyForAnswers',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [key],
      conditions: { StringEquals: { 'kms:ViaService': `s3.${place.region}.amazonaws.com` } },
    },
  );
}
