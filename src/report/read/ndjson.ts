import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { Json } from '#core';
import { columnsOf } from './columns';
import type { LakeObject } from './objects';
import type { Problem } from './problem';

/** Lines above this are counted and passed over: an event of 1 MB doubles at most when escaped. */
export const LARGEST_LINE_BYTES = 8 * 1024 * 1024;

/** An object is read up to here, unpacked: a small one could unpack without end. */
export const LARGEST_UNPACKED_BYTES = 2 * 1024 * 1024 * 1024;

class TooLarge extends Error {}

/** Told for each row of an object, as its columns. */
type Take = (values: Readonly<Record<string, Json>>) => void;

/** Reads an NDJSON object row by row; what cannot be read is a problem, never an error. */
export async function readNdjson(object: LakeObject, take: Take): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const tell = (kind: Problem['kind'], what: string) =>
    problems.push({ object: object.name, kind, count: 1, what });
  try {
    for await (const line of linesOf(object)) {
      if (line.isOversized) {
        tell('oversized', `a line is longer than ${LARGEST_LINE_BYTES} bytes`);
        continue;
      }
      if (line.text.trim() === '') continue;
      const row = parsed(line.text);
      if (row === undefined)
        tell('half-written', line.isLast ? 'the last line is cut off' : 'a line is not JSON');
      else {
        const columns = columnsOf(row, object.rowClass);
        if ('wrong' in columns) tell('foreign', columns.wrong);
        else take(columns.values);
      }
    }
  } catch (error) {
    if (error instanceof TooLarge) tell('oversized', error.message);
    else tell('half-written', `cannot be read to its end: ${codeOf(error)}`);
  }
  return problems;
}

const codeOf = (error: unknown): string =>
  String((error as NodeJS.ErrnoException).code ?? (error as Error).message);

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Line {
  readonly text: string;
  readonly isOversized: boolean;
  /** Without a line feed after it. */
  readonly isLast: boolean;
}

/** Lines as they come: of a stream that breaks off, all that came before. */
async function* linesOf({ file, format }: LakeObject): AsyncGenerator<Line> {
  const raw = createReadStream(file);
  const stream = format === 'ndjson.gz' ? raw.pipe(createGunzip()) : raw;
  raw.on('error', (error) => stream.destroy(error));
  let parts: Buffer[] = [];
  let size = 0;
  const line = (isLast: boolean): Line => {
    const isOversized = size > LARGEST_LINE_BYTES;
    const text = isOversized ? '' : Buffer.concat(parts).toString('utf8');
    parts = [];
    size = 0;
    return { text, isOversized, isLast };
  };
  const keep = (part: Buffer) => {
    size += part.length;
    if (size <= LARGEST_LINE_BYTES) parts.push(part);
    else parts = [];
  };
  let unpacked = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    unpacked += chunk.length;
    if (unpacked > LARGEST_UNPACKED_BYTES)
      throw new TooLarge(`is not read beyond ${LARGEST_UNPACKED_BYTES} bytes unpacked`);
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      keep(chunk.subarray(start, end));
      yield line(false);
      start = end + 1;
    }
    keep(chunk.subarray(start));
  }
  if (size > 0) yield line(true);
}
