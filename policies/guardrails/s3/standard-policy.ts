import { isObject, type Json } from '#core';
import type { Bucket } from '#core/operations/s3';

/** The configured statements for one bucket, less those whose Sid its policy already has. */
export function standardStatements(
  configured: readonly { readonly [key: string]: Json }[],
  bucket: Bucket,
  policy: string | undefined,
): readonly Json[] {
  const missing = configured.filter(({ Sid }) => typeof Sid !== 'string' || !sids(policy).has(Sid));
  return missing.map((statement) =>
    JSON.parse(JSON.stringify(statement).replaceAll('${bucket}', bucket.name)),
  );
}

function sids(policy: string | undefined): ReadonlySet<string> {
  if (policy === undefined) return new Set();
  const { Statement } = JSON.parse(policy);
  const statements: readonly Json[] = Array.isArray(Statement) ? Statement : [Statement];
  return new Set(
    statements.flatMap((one) => (isObject(one) && typeof one.Sid === 'string' ? [one.Sid] : [])),
  );
}
