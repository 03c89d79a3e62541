import { createWriteStream, mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { UserError } from '#core';

/** An object below the lake's root. */
export interface ListedObject {
  /** The key without the root's prefix. */
  readonly name: string;
  readonly bytes: number;
}

/** A lake in S3: what it takes to copy it here and back. Names are below the root. */
export interface LakeBucket {
  list(): AsyncIterable<ListedObject>;
  /** Writes an object into a file; gives its ETag, or undefined where there is none. */
  get(name: string, file: string): Promise<string | undefined>;
  /**
   * Puts a file in place of the version with that ETag, or where there is none yet.
   * @throws UserError where somebody else has put another meanwhile.
   */
  put(file: string, name: string, replaced: string | undefined): Promise<void>;
  remove(names: readonly string[]): Promise<void>;
}

/** S3 deletes at most this many objects a call. */
const AT_MOST = 1_000;

/**
 * The bucket and prefix of `s3://<bucket>/<prefix>`.
 * @throws UserError where the address is none.
 */
export function lakeAddress(url: string): { readonly bucket: string; readonly prefix: string } {
  const found = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(url);
  if (!found) throw new UserError(`${url} is no address like s3://bucket/prefix`);
  const prefix = found[2] ?? '';
  return {
    bucket: String(found[1]),
    prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`,
  };
}

/**
 * The lake at `s3://<bucket>/<prefix>`, with the caller's own credentials.
 * @throws UserError where the address is none.
 */
export function lakeBucket(url: string, client: S3Client = new S3Client({})): LakeBucket {
  const { bucket: Bucket, prefix } = lakeAddress(url);
  return {
    async *list() {
      for await (const page of paginateListObjectsV2({ client }, { Bucket, Prefix: prefix }))
        for (const { Key: key, Size: bytes = 0 } of page.Contents ?? [])
          if (key !== undefined && key !== prefix) yield { name: key.slice(prefix.length), bytes };
    },

    async get(name, file) {
      try {
        const { Body: body, ETag: etag } = await client.send(
          new GetObjectCommand({ Bucket, Key: prefix + name }),
        );
        mkdirSync(path.dirname(file), { recursive: true });
        await pipeline(body as Readable, createWriteStream(file));
        return etag;
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },

    async put(file, name, replaced) {
      // Bytes, no stream: the SDK can send them again. A day's file is far below Node's 2 GB.
      const body = await readFile(file);
      try {
        await client.send(
          new PutObjectCommand({
            ...{ Bucket, Key: prefix + name, Body: body },
            ...(replaced === undefined ? { IfNoneMatch: '*' } : { IfMatch: replaced }),
          }),
        );
      } catch (cause) {
        if (!(cause instanceof S3ServiceException) || !isOvertaken(cause)) throw cause;
        throw new UserError(
          `${url}: somebody else has written ${name} meanwhile; nothing was removed, run again`,
          { cause },
        );
      }
    },

    async remove(names) {
      for (let from = 0; from < names.length; from += AT_MOST) {
        const some = names.slice(from, from + AT_MOST);
        const { Errors: errors = [] } = await client.send(
          new DeleteObjectsCommand({
            Bucket,
            Delete: { Quiet: true, Objects: some.map((name) => ({ Key: prefix + name })) },
          }),
        );
        const [first] = errors;
        if (first)
          throw new Error(`${errors.length} objects were not removed: ${first.Key} ${first.Code}`);
      }
    },
  };
}

/** 412: another version is there. 409: another is being put. */
const isOvertaken = ({ $metadata }: S3ServiceException): boolean =>
  [409, 412].includes($metadata.httpStatusCode ?? 0);
