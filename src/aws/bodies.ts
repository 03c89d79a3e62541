import { createHash } from 'node:crypto';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Cause, Json, TrailEvent } from '#core';
import type { BodyReference } from '#engine';

/** Keeps JSON under its own hash: the same body twice is one object, and none can be altered unseen. */
export async function keepBody(s3: S3Client, bucket: string, body: Json): Promise<BodyReference> {
  const text = JSON.stringify(body);
  const sha256 = createHash('sha256').update(text).digest('hex');
  await s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: bodyKey(sha256),
      Body: text,
      ContentType: 'application/json',
    }),
  );
  return { sha256, bytes: Buffer.byteLength(text) };
}

/**
 * Keeps the event of a cause: once, however many decisions one event wakes. It is known as kept only
 * when the bucket has it, so that nothing is written to an account before.
 */
export function eventKeeper(s3: S3Client, bucket: string) {
  const kept = new WeakMap<TrailEvent, BodyReference>();
  return async (cause: Cause): Promise<BodyReference | undefined> => {
    if (cause.kind !== 'event') return undefined;
    const known = kept.get(cause.event);
    if (known) return known;
    const reference = await keepBody(s3, bucket, cause.event.raw);
    kept.set(cause.event, reference);
    return reference;
  };
}

export const bodyKey = (sha256: string): string => `sha256/${sha256}.json`;
