import type { Json, JsonObject } from '#core';

const OWNER = { ID: 'f00d' };
const OWN = { Grantee: { ...OWNER, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' };
const TO_EVERYONE = {
  Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
  Permission: 'READ',
};

export const OPEN_POLICY =
  '{"Version":"2012-10-17","Statement":[{"Sid":"Open","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::orders/*"}]}';

/** A bucket that may have an ACL, as the twin keeps it. */
export const bucket = (changes: JsonObject = {}): Json => ({
  ownership: 'BucketOwnerPreferred',
  acl: { Owner: OWNER, Grants: [OWN] },
  ...changes,
});

/** Readable by everyone through its ACL. */
export const openBucket = (changes: JsonObject = {}): Json =>
  bucket({ acl: { Owner: OWNER, Grants: [OWN, TO_EVERYONE] }, ...changes });

/** An account's state with buckets by name. */
export const withBuckets = (buckets: JsonObject): Json => ({ s3: buckets });
