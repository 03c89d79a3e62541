import { PatternError } from './errors';
import { comparable } from './kinds/number';
import { type TextTokens, textTokens } from './tokens';

/** A pattern being read: every part of the parser takes one. */
export interface Reader extends TextTokens {
  /** Refuses the pattern at the place where the reader stands. */
  fail(message: string): never;
}

export function readerOf(text: string): Reader {
  const tokens = textTokens(text, (reason, position) => new PatternError(reason, position));
  const fail = (message: string): never => {
    throw new PatternError(message, tokens.position());
  };
  return { ...tokens, fail };
}

export const ONE_KEY = 'Only one key allowed in match expression';
export const ONE_NUMERIC = 'Too many elements in numeric expression';

/** Reads the end of a match expression's object. */
export function expectEnd(reader: Reader, message: string): void {
  if (reader.next() !== '}') reader.fail(message);
}

export function readString(reader: Reader, wrongType: string): string {
  if (reader.next() !== 'string') reader.fail(wrongType);
  return reader.text();
}

/** The number of a text that is to be compared with others. */
export const numberOf = (text: string, fail: (message: string) => never): number =>
  comparable(text) ?? fail(`Cannot compare number : ${text}`);
