import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import type { Json } from '#core';
import { asRoot } from '#sandbox/clients';
import { accountOf } from '#sandbox/drive';
import type { Sandbox } from '#sandbox/record';

/** The lake's bucket, as its own account sees it. */
export function lakeOf(sandbox: Sandbox) {
  const account = accountOf(sandbox, 'log-archive');
  const Bucket = sandbox.names.lake;
  const s3 = new S3Client(asRoot(sandbox, account, sandbox.security.region));
  const known = new Map<string, readonly Json[]>();

  const rowsIn = async (Key: string): Promise<readonly Json[]> => {
    const { Body: body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    const text = gunzipSync((await body?.transformToByteArray()) ?? Buffer.alloc(0)).toString();
    return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  };

  const keysBelow = async (Prefix: string): Promise<readonly string[]> => {
    const keys: string[] = [];
    for await (const { Contents: objects = [] } of paginateListObjectsV2(
      { client: s3 },
      { Bucket, Prefix },
    ))
      for (const { Key: key } of objects) if (key !== undefined) keys.push(key);
    return keys;
  };

  return {
    account,
    url: `s3://${Bucket}`,
    keysBelow,
    /** All rows of a class that lie there as Firehose wrote them. */
    async rows(classUid: number): Promise<readonly Json[]> {
      for (const key of await keysBelow(`class=${classUid}/`))
        if (key.endsWith('.ndjson.gz') && !known.has(key)) known.set(key, await rowsIn(key));
      return [...known].flatMap(([key, rows]) =>
        key.startsWith(`class=${classUid}/`) ? rows : [],
      );
    },
  };
}
