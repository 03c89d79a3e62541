import { at, isObject, type Json, type JsonObject, textAt } from '#core';
import { blockEverything, isPublicGrant } from '#core/operations/s3';
import { publicStatements } from '#core/policy-document';
import { absent, type Effect, found, refused } from './effect';

/** A bucket as the twin keeps it. */
interface Bucket {
  readonly ownership: string;
  readonly acl: { readonly Owner: Json; readonly Grants: readonly Grant[] };
  readonly policy?: string;
  readonly block?: JsonObject;
}
type Grant = { readonly Grantee: JsonObject; readonly Permission: string };

const NO_BUCKET = refused('NoSuchBucket');

const bucketsIn = (world: Json): JsonObject => {
  const buckets = at(world, 's3');
  return isObject(buckets) ? buckets : {};
};
const bucketIn = (world: Json, name: string): Bucket | undefined =>
  at(world, 's3', name) as Bucket | undefined;

const withBucket = (world: Json, name: string, bucket: Bucket): Json => ({
  ...(isObject(world) ? world : {}),
  s3: { ...bucketsIn(world), [name]: bucket as unknown as Json },
});

const nameIn = (input: Json): string => textAt(input, 'Bucket') ?? '';

const ownerOf = (account: string) => ({ ID: `canonical-id-of-${account}` });
const ownGrant = (account: string): Grant => ({
  Grantee: { ...ownerOf(account), Type: 'CanonicalUser' },
  Permission: 'FULL_CONTROL',
});
const toEveryone = (Permission: string): Grant => ({
  Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
  Permission,
});

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
const CANNED: Readonly<Record<string, readonly Grant[]>> = {
  private: [],
  'public-read': [toEveryone('READ')],
  'public-read-write': [toEveryone('READ'), toEveryone('WRITE')],
};

/** Reads one thing of a bucket. */
const reading =
  (read: (bucket: Bucket) => Json | undefined): Effect =>
  (world, { input }) => {
    const bucket = bucketIn(world, nameIn(input));
    const value = bucket && read(bucket);
    return { world, answer: value === undefined ? absent : found(value) };
  };

/** Changes a bucket, or refuses with a code. */
const writing =
  (write: (bucket: Bucket, input: Json, account: string) => Bucket | string): Effect =>
  (world, { input, on }) => {
    const bucket = bucketIn(world, nameIn(input));
    if (!bucket) return { world, answer: NO_BUCKET };
    const written = write(bucket, input, on.account);
    if (typeof written === 'string') return { world, answer: refused(written) };
    return { world: withBucket(world, nameIn(input), written), answer: found() };
  };

function putAcl(bucket: Bucket, input: Json, account: string): Bucket | string {
  if (bucket.ownership === 'BucketOwnerEnforced') return 'AccessControlListNotSupported';
  const canned = textAt(input, 'ACL');
  const explicit = at(input, 'AccessControlPolicy', 'Grants') as readonly Grant[] | undefined;
  const grants = canned ? [ownGrant(account), ...(CANNED[canned] ?? [])] : (explicit ?? []);
  if (bucket.block?.BlockPublicAcls && grants.some((grant) => isPublicGrant(grant as never)))
    return 'AccessDenied';
  return { ...bucket, acl: { ...bucket.acl, Grants: grants } };
}

function putPolicy(bucket: Bucket, input: Json): Bucket | string {
  const policy = textAt(input, 'Policy') ?? '';
  if (bucket.block?.BlockPublicPolicy && publicStatements(policy).length > 0) return 'AccessDenied';
  return { ...bucket, policy };
}

/** The bucket calls that guardrails and scenarios make. New buckets have ACLs off and the block on. */
export const s3Effects: Readonly<Record<string, Effect>> = {
  's3:CreateBucket': (world, { input, on }) => {
    const name = nameIn(input);
    if (bucketIn(world, name)) return { world, answer: refused('BucketAlreadyOwnedByYou') };
    const bucket: Bucket = {
      ownership: textAt(input, 'ObjectOwnership') ?? 'BucketOwnerEnforced',
      acl: { Owner: ownerOf(on.account), Grants: [ownGrant(on.account)] },
      block: blockEverything,
    };
    return {
      world: withBucket(world, name, bucket),
      answer: found({ Location: `/${name}` }),
    };
  },
  's3:GetBucketAcl': reading(({ acl }) => acl as unknown as Json),
  's3:GetBucketPolicy': reading(({ policy }) =>
    policy === undefined ? policy : { Policy: policy },
  ),
  's3:GetPublicAccessBlock': reading(({ block }) =>
    block === undefined ? block : { PublicAccessBlockConfiguration: block },
  ),
  's3:PutBucketAcl': writing(putAcl),
  's3:PutBucketPolicy': writing(putPolicy),
  's3:DeleteBucketPolicy': writing(({ policy: _, ...bucket }) => bucket),
  's3:PutPublicAccessBlock': writing((bucket, input) => ({
    ...bucket,
    block: (at(input, 'PublicAccessBlockConfiguration') ?? {}) as JsonObject,
  })),
  's3:DeletePublicAccessBlock': writing(({ block: _, ...bucket }) => bucket),
};
