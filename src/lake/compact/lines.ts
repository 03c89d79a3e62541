/** A line without its line feed, or the fault that ended the reading. */
export type Line =
  | { readonly kind: 'line'; readonly number: number; readonly bytes: Buffer }
  /** The last one, which no line feed ends. */
  | { readonly kind: 'rest'; readonly number: number; readonly bytes: Buffer }
  | { readonly kind: 'too-long'; readonly number: number };

const LINE_FEED = 10;

/**
 * The lines of a stream, each at most `longest` bytes; of a longer one only the fact is told, and
 * nothing of it is kept. Memory is bounded by the longest line, whatever the stream holds.
 */
export async function* linesOf(
  stream: AsyncIterable<Buffer>,
  longest: number,
): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  let held = 0;
  let number = 1;
  let isTooLong = false;
  const take = (part: Buffer) => {
    held += part.length;
    if (held > longest) isTooLong = true;
    if (isTooLong) parts = [];
    else parts.push(part);
  };
  for await (const chunk of stream) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      take(chunk.subarray(from, end));
      yield isTooLong
        ? { kind: 'too-long', number }
        : { kind: 'line', number, bytes: joined(parts) };
      parts = [];
      held = 0;
      isTooLong = false;
      number++;
      from = end + 1;
    }
    if (from < chunk.length) take(chunk.subarray(from));
  }
  if (isTooLong) yield { kind: 'too-long', number };
  else if (held > 0) yield { kind: 'rest', number, bytes: joined(parts) };
}

/** Most lines lie in one chunk whole: those are not copied. */
const joined = (parts: readonly Buffer[]): Buffer =>
  parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
