import { BrokenFile } from './errors';

/** EventBridge takes events of 1 MB; what is far larger than that is none. */
const LARGEST_ITEM = 16 * 1_048_576;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d];

/** 1 for the bytes that matter outside of strings. */
const MATTERS = Uint8Array.from({ length: 256 }, (_, byte) =>
  [QUOTE, OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST].includes(byte) ? 1 : 0,
);

const isSpace = (byte: number): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Takes a file's bytes piece by piece. */
export interface Items {
  /** @throws BrokenFile where there is something between the objects. */
  push(chunk: Uint8Array): void;
  /** @throws BrokenFile where the file ends in the midst of something, or is empty. */
  end(): void;
}

/**
 * Cuts a file into its objects without parsing them: one after the other, in a list, or in the list
 * `Records` or `Events` of an object. Keeps no more than one of them in memory. The bytes handed
 * over are good until `take` returns, and whether they are JSON is for it to see.
 */
export function items(take: (item: Buffer) => void): Items {
  let buffer: Buffer = Buffer.alloc(0);
  let at = 0;
  let depth = 0;
  /** How deep the list lies that holds the objects; 0 where there is none. */
  let list = 0;
  /** Where the present object begins; -1 between two of them and around a list. */
  let start = -1;
  /** Whether the outermost object turned out to hold a list, and is itself none of the objects. */
  let isWrapper = false;
  let inString = false;
  let keyFrom = 0;
  let isListKey = false;
  let isEmpty = true;

  const endOfString = () => {
    inString = false;
    if (depth !== 1 || list > 0 || isWrapper) return;
    const key = buffer.toString('latin1', keyFrom, Math.min(at, keyFrom + 8));
    isListKey = key === 'Records' || key === 'Events';
  };

  const between = (byte: number) => {
    isEmpty = isEmpty && isSpace(byte);
    if (isSpace(byte) || (byte === COMMA && list > 0)) return;
    if (byte === OPEN_OBJECT) {
      start = at;
      depth += 1;
    } else if (byte === OPEN_LIST && depth === 0) {
      depth = 1;
      list = 1;
    } else if (byte === CLOSE_LIST && list > 0) {
      depth -= 1;
      list = 0;
    } else {
      throw new BrokenFile('it is not JSON, or holds something other than objects');
    }
  };

  const within = (byte: number) => {
    if (byte === QUOTE) {
      inString = true;
      keyFrom = at + 1;
    } else if (byte === OPEN_LIST && depth === 1 && list === 0 && isListKey) {
      isWrapper = true;
      isListKey = false;
      depth = 2;
      list = 2;
      start = -1;
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      depth += 1;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      depth -= 1;
      if (depth === list) endOfObject();
    }
  };

  const endOfObject = () => {
    if (list > 0 || !isWrapper) take(buffer.subarray(start, at + 1));
    else isWrapper = false;
    start = -1;
  };

  /** Drops what has been handed over. */
  const append = (chunk: Uint8Array) => {
    const keep = start === -1 ? Math.min(at, buffer.length) : start;
    if (buffer.length - keep > LARGEST_ITEM)
      throw new BrokenFile('it holds an object of more than 16 MB, which is no event');
    buffer = Buffer.concat([buffer.subarray(keep), chunk]);
    at -= keep;
    keyFrom -= keep;
    if (start !== -1) start = 0;
  };

  return {
    push(chunk) {
      append(chunk);
      // Nearly all time goes into passing over strings and what lies between them.
      const bytes = buffer;
      const end = bytes.length;
      for (let here = at; ; here++) {
        if (inString) {
          // What is escaped is passed over, even where it comes with the next piece.
          while (here < end && bytes[here] !== QUOTE) here += bytes[here] === BACKSLASH ? 2 : 1;
        } else if (depth > list) {
          while (here < end && !MATTERS[bytes[here] ?? 0]) here += 1;
        }
        at = here;
        if (here >= end) return;
        if (inString) endOfString();
        else if (depth === list) between(bytes[here] ?? 0);
        else within(bytes[here] ?? 0);
      }
    },
    end() {
      if (isEmpty) throw new BrokenFile('it is empty');
      if (depth > 0) throw new BrokenFile('it is cut short');
    },
  };
}
