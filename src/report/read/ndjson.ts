import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { Json } from '#core';
import { linesOf } from '#lake/compact/lines';
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
    for await (const line of linesOf(unpackedOf(object), LARGEST_LINE_BYTES)) {
      if (line.kind === 'too-long') {
        tell('oversized', `a line is longer than ${LARGEST_LINE_BYTES} bytes`);
        continue;
      }
      const text = line.bytes.toString('utf8');
      if (text.trim() === '') continue;
      const row = parsed(text);
      if (row === undefined)
        tell(
          'half-written',
          line.kind === 'rest' ? 'the last line is cut off' : 'a line is not JSON',
        );
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

/** An object's bytes, unpacked: of a stream that breaks off, all that came before. */
async function* unpackedOf({ file, format }: LakeObject): AsyncGenerator<Buffer> {
  const raw = createReadStream(file);
  const stream = format === 'ndjson.gz' ? raw.pipe(createGunzip()) : raw;
  raw.on('error', (error) => stream.destroy(error));
  let unpacked = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    unpacked += chunk.length;
    if (unpacked > LARGEST_UNPACKED_BYTES)
      throw new TooLarge(`is not read beyond ${LARGEST_UNPACKED_BYTES} bytes unpacked`);
    yield chunk;
  }
}
