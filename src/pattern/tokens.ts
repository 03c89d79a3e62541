import type { Position } from './errors';

export type Token =
  | '{'
  | '}'
  | '['
  | ']'
  | 'name'
  | 'string'
  | 'number'
  | 'true'
  | 'false'
  | 'null'
  | 'end';

/** JSON, one token after the other; the same for a text and for a parsed value. */
export interface Tokens {
  /** Moves on; 'end' where there is nothing at all. Not to be called after the first value. */
  next(): Token;
  /** The current token's text: unescaped for names and strings, as it is written for the rest. */
  text(): string;
}

export interface TextTokens extends Tokens {
  /** Where the reader stands. A string counts as read once its text was asked for. */
  position(): Position;
  /** How many characters were read. */
  offset(): number;
  /** The text from there to where the reader stands. */
  written(from: number): string;
}

/** Jackson refuses deeper documents, and so does EventBridge. */
const DEEPEST = 1_000;

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;
const UNICODE = /[0-9a-fA-F]{4}/y;

/**
 * The tokens of a JSON text. What follows the first value is never looked at, as in event-ruler.
 * @param refuse makes the error that is thrown where the text is no JSON
 */
export function textTokens(
  source: string,
  refuse: (reason: string, position: Position) => Error,
): TextTokens {
  const containers: ('{' | '[')[] = [];
  let index = 0;
  let start = 0;
  let end = 0;
  let token: Token | undefined;
  let isEscaped = false;
  let isOpen = false;

  const fail = (reason: string): never => {
    throw refuse(reason, positionAt(source, index));
  };

  function next(): Token {
    if (isOpen) closeString();
    skipSpace();
    if (token === 'name') {
      expect(':', 'a colon to separate field name and value');
      return value();
    }
    const container = containers.at(-1);
    if (container === undefined) return index < source.length ? value() : move('end');
    const isFirst = token === container;
    const closing = container === '{' ? '}' : ']';
    if (source[index] === closing) {
      containers.pop();
      return move(closing);
    }
    if (!isFirst) expect(',', 'a comma to separate entries');
    return container === '{' ? name() : value();
  }

  function name(): Token {
    if (source[index] !== '"') unexpected('double-quote to start field name');
    openString();
    closeString();
    token = 'name';
    return token;
  }

  function value(): Token {
    const character = source[index];
    if (character === '{' || character === '[') {
      if (containers.push(character) > DEEPEST)
        fail(`Document nesting depth (${DEEPEST + 1}) exceeds the maximum allowed (${DEEPEST})`);
      return move(character);
    }
    if (character === '"') {
      openString();
      token = 'string';
      return token;
    }
    const word = found(WORD);
    if (word !== undefined) {
      token = word as Token;
      return token;
    }
    if (found(NUMBER) === undefined)
      unexpected("JSON String, Number, Array, Object or token 'null', 'true' or 'false'");
    token = 'number';
    return token;
  }

  function move(to: Token): Token {
    start = index;
    index = Math.min(index + 1, source.length);
    end = index;
    token = to;
    return token;
  }

  function found(what: RegExp): string | undefined {
    what.lastIndex = index;
    const text = what.exec(source)?.[0];
    if (text === undefined) return undefined;
    start = index;
    index += text.length;
    end = index;
    return text;
  }

  function openString(): void {
    index += 1;
    start = index;
    isEscaped = false;
    isOpen = true;
  }

  function closeString(): void {
    for (;;) {
      const character = source.charCodeAt(index);
      if (character === 0x22) break;
      if (character === 0x5c) skipEscape();
      else if (character >= 0x20) index += 1;
      else if (index < source.length) fail('Illegal unquoted control character in a string');
      else fail('Unexpected end-of-input: was expecting closing quote for a string value');
    }
    end = index;
    index += 1;
    isOpen = false;
  }

  function skipEscape(): void {
    isEscaped = true;
    const character = source.charAt(index + 1);
    UNICODE.lastIndex = index + 2;
    if (character === 'u' && UNICODE.test(source)) index += 6;
    else if (character !== '' && '"\\/bfnrt'.includes(character)) index += 2;
    else fail(`Unrecognized character escape '${character}'`);
  }

  function skipSpace(): void {
    for (;;) {
      const character = source.charCodeAt(index);
      if (character !== 0x20 && character !== 0x0a && character !== 0x0d && character !== 0x09)
        return;
      index += 1;
    }
  }

  function expect(character: string, what: string): void {
    if (source[index] !== character) unexpected(what);
    index += 1;
    skipSpace();
  }

  function unexpected(expected: string): never {
    if (index >= source.length) return fail(`Unexpected end-of-input: was expecting ${expected}`);
    return fail(`Unexpected character ('${source[index]}'): was expecting ${expected}`);
  }

  return {
    next,
    offset: () => index,
    written: (from) => source.slice(from, index),
    text() {
      if (isOpen) closeString();
      if (!isEscaped || (token !== 'string' && token !== 'name')) return source.slice(start, end);
      return JSON.parse(source.slice(start - 1, end + 1)) as string;
    },
    // Jackson has the beginning of a field's value in hand as soon as it has read the name.
    position: () => positionAt(source, token === 'name' ? afterPeek(source, index) : index),
  };
}

function afterPeek(source: string, from: number): number {
  const value = /\s*:\s*(?:["[{]|[^\s,\]}]*)/y;
  value.lastIndex = from;
  return value.test(source) ? value.lastIndex : from;
}

function positionAt(source: string, index: number): Position {
  const lines = source.slice(0, index).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
