import { at, type Json } from '#core';
import { uniqueName } from './world';

type As = (operation: string, input: Json) => Promise<unknown>;

const EVERYONE = 'http://acs.amazonaws.com/groups/global/AllUsers';

/** Makes a bucket that an ACL or a policy can open: without a public access block. */
export async function openableBucket(prefix: string, as: As, region: string): Promise<string> {
  const Bucket = uniqueName(prefix);
  await as('s3:CreateBucket', {
    Bucket,
    ObjectOwnership: 'BucketOwnerPreferred',
    CreateBucketConfiguration: { LocationConstraint: region },
  });
  await as('s3:DeletePublicAccessBlock', { Bucket });
  return Bucket;
}

/** Whether its ACL grants anything to everyone. */
export const isPublic = async (Bucket: string, as: As): Promise<boolean> =>
  JSON.stringify(await as('s3:GetBucketAcl', { Bucket })).includes(EVERYONE);

/** Whether its whole public access block is on. */
export async function isBlocked(Bucket: string, as: As): Promise<boolean> {
  const answer = await as('s3:GetPublicAccessBlock', { Bucket }).catch(() => undefined);
  const block = at(answer, 'PublicAccessBlockConfiguration') ?? {};
  return Object.keys(block).length === 4 && Object.values(block).every((on) => on === true);
}
