import { names, roleArn } from '#core';
import { administration, type KeyGrant } from './key-grants';
import { arns, type Place } from './place';

/** A bucket of the log-archive account, as its key's grants see it. */
export interface Archived {
  /** The log-archive account's home Region. */
  readonly place: Place;
  readonly bucket: string;
}

/** The trail whose log files a key encrypts. */
export interface TrailOwner {
  readonly organization: string;
  /** The management account. */
  readonly management: string;
  readonly trailArn: string;
}

/** The account that runs Firehose and asks the lake. */
export interface LakeUser {
  readonly organization: string;
  /** The security account. */
  readonly security: string;
}

/** Every use of the trail bucket's key. */
export const trailKeyGrants = (archived: Archived, trail: TrailOwner): readonly KeyGrant[] => [
  administration(archived.place),
  readers(archived),
  {
    sid: 'TrailEncrypts',
    purpose: 'CloudTrail encrypts the log and digest files of our trail, and of no other.',
    principal: { Service: 'cloudtrail.amazonaws.com' },
    actions: ['kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'],
    conditions: {
      StringEquals: {
        'aws:SourceArn': trail.trailArn,
        'kms:EncryptionContext:aws:cloudtrail:arn': trail.trailArn,
      },
    },
  },
  {
    sid: 'BucketKey',
    purpose: 'What CloudTrail writes without a key of its own gets the one of the bucket.',
    principal: { Service: 'cloudtrail.amazonaws.com' },
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    conditions: {
      StringEquals: { 'aws:SourceArn': trail.trailArn },
      StringLike: inBucket(archived),
    },
  },
  {
    sid: 'TrailDescribes',
    purpose: 'CloudTrail looks at the key before it takes it.',
    principal: { Service: 'cloudtrail.amazonaws.com' },
    actions: ['kms:DescribeKey'],
    conditions: { StringEquals: { 'aws:SourceArn': trail.trailArn } },
  },
  {
    sid: 'OwnerDescribes',
    purpose: 'Whoever makes the trail names the key by its alias, which CloudTrail looks up.',
    principal: { AWS: arns.root({ ...archived.place, account: trail.management }) },
    actions: ['kms:DescribeKey'],
    conditions: { StringEquals: { 'aws:PrincipalOrgID': trail.organization } },
  },
];

/** Every use of the lake's key. */
export const lakeKeyGrants = (archived: Archived, user: LakeUser): readonly KeyGrant[] => [
  administration(archived.place),
  readers(archived),
  {
    sid: 'FirehoseEncrypts',
    purpose: 'The one Firehose role, in the security account, writes to the lake; S3 asks for it.',
    ...through(archived, user, names.firehoseRole),
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
  },
  {
    sid: 'ReaderDecrypts',
    purpose: 'The one role that asks the lake, in the security account; S3 asks for it.',
    ...through(archived, user, names.lakeReaderRole),
    actions: ['kms:Decrypt'],
  },
];

/** One role of the security account, for what it does with this bucket through S3. */
const through = (archived: Archived, { organization, security }: LakeUser, role: string) => ({
  principal: { AWS: arns.root({ ...archived.place, account: security }) },
  conditions: {
    StringEquals: { 'aws:PrincipalOrgID': organization, 'kms:ViaService': s3In(archived.place) },
    ArnEquals: { 'aws:PrincipalArn': roleArn(archived.place.partition, security, role) },
    StringLike: inBucket(archived),
  },
});

/** Every use of the evidence bucket's key: nobody from another account has any. */
export const evidenceKeyGrants = (archived: Archived): readonly KeyGrant[] => [
  administration(archived.place),
  readers(archived),
];

/** Whom IAM in the log-archive account lets read and write, only through S3 and only this bucket. */
const readers = (archived: Archived): KeyGrant => ({
  sid: 'Bucket',
  purpose: "Whom the account's own IAM lets read or write the bucket, and only through S3.",
  principal: { AWS: arns.root(archived.place) },
  actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
  conditions: {
    StringEquals: { 'kms:ViaService': s3In(archived.place) },
    StringLike: inBucket(archived),
  },
});

const s3In = ({ region }: Place): string => `s3.${region}.amazonaws.com`;

/** With a bucket key the context is the bucket, without one the object. */
function inBucket({ place, bucket }: Archived): Readonly<Record<string, readonly string[]>> {
  const arn = arns.bucket(place, bucket);
  return { 'kms:EncryptionContext:aws:s3:arn': [arn, `${arn}/*`] };
}
