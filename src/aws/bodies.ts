import { createHash } from 'node:crypto';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Json } from '#core';
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

export const bodyKey = (sha256: string): string => `sha256/${sha256}.json`;
