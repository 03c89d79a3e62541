import { createReadStream } from 'node:fs';
import { PassThrough, type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { isObject } from '#core';
import { DECISION_COLUMNS, EVENT_COLUMNS } from '../columns';
import { dayOf } from '../partition';
import { DECISION_CLASS, EVENT_CLASS, type LakeRow } from '../rows';
import { lineOf } from '../write';
import { linesOf } from './lines';
import type { Refusals } from './refusal';
import { misfits } from './shape';

export const COLUMNS = {
  [DECISION_CLASS]: DECISION_COLUMNS,
  [EVENT_CLASS]: EVENT_COLUMNS,
} as const;

export type ClassUid = keyof typeof COLUMNS;

export const isClass = (uid: number): uid is ClassUid => Object.hasOwn(COLUMNS, uid);

/** An object of NDJSON, plain or in gzip. */
export interface LinesObject {
  /** The path below the lake's root. */
  readonly object: string;
  /** Where it lies on disk. */
  readonly file: string;
  readonly classUid: ClassUid;
  readonly isGzip: boolean;
}

export interface Limits {
  /** Of an object, unpacked. */
  readonly objectBytes: number;
  readonly lineBytes: number;
}

/** Firehose makes objects of at most 128 MB; a row of a 1 MB event is below 4 MB. */
export const LIMITS: Limits = { objectBytes: 512 * 1024 * 1024, lineBytes: 8 * 1024 * 1024 };

/** Read and unpacked at once. Small chunks cost more to hand on than to read. */
const CHUNK_BYTES = 1024 * 1024;

class TooLarge extends Error {}

/**
 * Reads an object's rows one by one; what is no row is told to `refused` and left out. Never throws
 * for what the object holds: what came before the fault is handed on.
 */
export async function* rowsOf(
  source: LinesObject,
  refused: Refusals,
  limits: Limits,
): AsyncGenerator<{ readonly day: string; readonly line: string }> {
  const { object, file, isGzip } = source;
  const opened = open(file, isGzip, limits.objectBytes);
  try {
    for await (const line of linesOf(opened.stream, limits.lineBytes)) {
      const at = { object, line: line.number };
      if (line.kind === 'too-long') {
        const reason = `a line of more than ${limits.lineBytes} bytes`;
        refused.add({ ...at, kind: 'oversized', reason });
        continue;
      }
      const read = readRow(line.bytes, source.classUid);
      if (read.kind === 'row') yield read;
      else if (line.kind === 'rest' && read.kind !== 'wrong-class')
        refused.add({ ...at, kind: 'half-written', reason: 'the last line is cut off' });
      else refused.add({ ...at, kind: read.kind, reason: read.reason });
    }
    await opened.done;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    refused.add({ object, kind: kindOf(error), reason });
  } finally {
    opened.stream.destroy();
    await opened.done.catch(() => undefined);
  }
}

function kindOf(error: unknown): 'oversized' | 'half-written' | 'unreadable' {
  if (error instanceof TooLarge) return 'oversized';
  const code = String((error as { readonly code?: unknown }).code);
  return code.startsWith('Z_') ? 'half-written' : 'unreadable';
}

/** The object's bytes, unpacked, and no more of them than allowed: a gzip may hold a thousandfold. */
function open(
  file: string,
  isGzip: boolean,
  largest: number,
): { readonly stream: Readable; readonly done: Promise<void> } {
  let seen = 0;
  const bounded = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > largest) done(new TooLarge(`more than ${largest} bytes`));
      else done(null, chunk);
    },
  });
  const stream = new PassThrough();
  const source = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  const done = isGzip
    ? pipeline(source, createGunzip({ chunkSize: CHUNK_BYTES }), bounded, stream)
    : pipeline(source, bounded, stream);
  // Told by the reader, who awaits it; without this a fault before that would end the process.
  done.catch(() => undefined);
  return { stream, done };
}

type Read =
  | { readonly kind: 'row'; readonly day: string; readonly line: string }
  | {
      readonly kind: 'not-utf8' | 'not-json' | 'not-a-row' | 'wrong-class';
      readonly reason: string;
    };

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function readRow(bytes: Buffer, classUid: ClassUid): Read {
  let text: string;
  try {
    text = UTF8.decode(bytes);
  } catch {
    return { kind: 'not-utf8', reason: 'the line is not UTF-8' };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'not-json', reason: 'the line is not JSON' };
  }
  if (!isObject(value)) return { kind: 'not-a-row', reason: 'the line is no object' };
  if (typeof value.class_uid === 'number' && value.class_uid !== classUid)
    return { kind: 'wrong-class', reason: `class_uid is ${value.class_uid}, not ${classUid}` };
  const fault = misfits(value, COLUMNS[classUid]) ?? missing(value);
  if (fault !== undefined) return { kind: 'not-a-row', reason: fault };
  const row = value as unknown as LakeRow;
  return { kind: 'row', day: dayOf(row.time), line: lineOf(row) };
}

/** Years that `YYYYMMDD` can say. */
const LAST_TIME = Date.UTC(9999, 0, 1);

/** Without these a row can be neither filed nor told from its copies. */
function missing(value: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof value.class_uid !== 'number') return 'class_uid is missing';
  const { time } = value;
  if (typeof time !== 'number' || time < 0 || time >= LAST_TIME) return 'time is no moment';
  const { metadata } = value;
  if (!isObject(metadata) || typeof metadata.uid !== 'string' || metadata.uid === '')
    return 'metadata.uid is missing';
  return undefined;
}
