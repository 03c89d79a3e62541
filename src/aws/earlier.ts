import { createHash } from 'node:crypto';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { z } from 'zod';
import type { Earlier } from '#engine';
import { bodyKey } from './bodies';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const summary = z.object({ id: z.string().min(1), body: z.object({ sha256 }) });
const body = z.object({
  id: z.string(),
  guardrail: z.object({ id: z.string() }),
  resource: z.looseObject({
    type: z.string(),
    arn: z.string(),
    account: z.string().regex(/^\d{12}$/),
    region: z.string(),
  }),
});

/**
 * The decision that a summary speaks of, from its body: only there is the whole resource.
 * @throws ZodError where the summary or the body has another form
 * @throws Error where the body is not what its name says
 */
export async function earlierDecision(
  s3: S3Client,
  bucket: string,
  event: unknown,
): Promise<Earlier> {
  const { id, body: reference } = summary.parse(event);
  const { Body: stored } = await s3.send(
    new GetObjectCommand({ Bucket: bucket, Key: bodyKey(reference.sha256) }),
  );
  const text = (await stored?.transformToString()) ?? '';
  if (createHash('sha256').update(text).digest('hex') !== reference.sha256)
    throw new Error(`the body of ${id} is not the one that was kept`);
  const earlier = body.parse(JSON.parse(text));
  if (earlier.id !== id) throw new Error(`the body of ${id} is of decision ${earlier.id}`);
  return earlier;
}
