import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { textAt } from '#core';
import { EventError, type Matcher } from '#pattern';
import { BrokenFile } from './errors';
import { items } from './items';
import type { Mark } from './patterns';

/** What a file holds. Of a broken one nothing counts. */
export type FileRead =
  | {
      readonly file: string;
      /** Before compression. */
      readonly bytes: number;
      readonly events: number;
      /** Calls that a trigger names, as JSON text: records, or events in their envelopes. */
      readonly calls: readonly string[];
    }
  | { readonly file: string; readonly broken: string };

const PIECE = 262_144;

/** Reads a file, plain or gzip, matching its objects as bytes; only calls become text. */
export async function readFile(file: string, matcher: Matcher): Promise<FileRead> {
  if (/\/CloudTrail-(Digest|Insight)\//.test(file.replaceAll('\\', '/')))
    return { file, broken: `it is ${file.includes('-Digest') ? 'a digest' : 'an Insight'} file` };
  const marked = { event: 0, call: 0, 'looked up': 0, digest: 0, insight: 0 };
  const calls: string[] = [];
  let bytes = 0;
  let objects = 0;
  const take = (object: Buffer | string) => {
    const found = matcher.match(object) as readonly Mark[];
    objects += 1;
    for (const mark of found) marked[mark] += 1;
    if (found.includes('looked up')) {
      const inner = textAt(JSON.parse(object.toString()), 'CloudTrailEvent');
      if (inner !== undefined) take(inner);
    } else if (found.includes('call')) calls.push(object.toString());
  };
  try {
    const cut = items(take);
    for await (const piece of piecesOf(file)) {
      bytes += piece.length;
      cut.push(piece);
    }
    cut.end();
  } catch (error) {
    return { file, broken: whyBroken(error) };
  }
  const { event, digest, insight } = marked;
  if (objects > 0 && event + digest === 0) return { file, broken: 'it holds no CloudTrail events' };
  if (digest > 0 && event === 0) return { file, broken: 'it is a digest file' };
  if (insight > 0 && insight === event) return { file, broken: 'it is an Insight file' };
  return { file, bytes, events: event, calls };
}

/** A file's bytes; gzip is told by its first two, not by its name. */
async function* piecesOf(file: string): AsyncGenerator<Buffer> {
  const opened = await open(file);
  const { buffer: first } = await opened.read(Buffer.alloc(2), 0, 2, 0);
  const raw = opened.createReadStream({ start: 0, highWaterMark: PIECE });
  const isGzip = first[0] === 0x1f && first[1] === 0x8b;
  // Whoever reads the last stream is told what went wrong in any of them.
  yield* isGzip ? pipeline(raw, createGunzip({ chunkSize: PIECE }), () => undefined) : raw;
}

/** What is wrong with the file; else it is no fault of its. */
function whyBroken(error: unknown): string {
  if (error instanceof BrokenFile) return error.message;
  if (error instanceof EventError) return `an object in it is not JSON: ${error.message}`;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'Z_BUF_ERROR') return 'its gzip is cut short';
  if (code?.startsWith('Z_')) return `its gzip is damaged (${code})`;
  if (code === 'EACCES' || code === 'EISDIR' || code === 'ENOENT' || code === 'EIO')
    return `it cannot be read (${code})`;
  throw error;
}
