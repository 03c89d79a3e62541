import type { Context } from './policy';

/** One piece of a pattern: a character that stands for itself, or a wildcard. */
export type Token = string | typeof ANY | typeof ONE;
export const ANY = Symbol('any run of characters');
export const ONE = Symbol('any one character');

interface Variable {
  readonly key: string;
  readonly fallback?: string;
}

/** Text with wildcards and policy variables, read once when the policy is parsed. */
export interface Pattern {
  readonly text: string;
  readonly pieces: readonly (Token | Variable)[];
}

const VARIABLE = /^\s*([\w./-]+:[^,'${}]+?)\s*(?:,\s*'([^']*)'\s*)?$/;

/**
 * Reads a pattern with policy variables `${key}`, `${key, 'default'}`, `${*}`, `${?}` and `${$}`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 * @returns what is wrong with it, as text, where a variable is not well formed.
 */
export function readPattern(text: string): Pattern | string {
  const pieces: (Token | Variable)[] = [];
  let here = 0;
  while (here < text.length) {
    if (!text.startsWith('${', here)) {
      pieces.push(tokenOf(text.charAt(here)));
      here += 1;
      continue;
    }
    const end = text.indexOf('}', here);
    if (end === -1) return `the policy variable in "${text}" does not end`;
    const inner = text.slice(here + 2, end);
    here = end + 1;
    if (inner === '*' || inner === '?' || inner === '$') {
      pieces.push(inner);
      continue;
    }
    const [, key, fallback] = VARIABLE.exec(inner) ?? [];
    if (key === undefined) return `\${${inner}} is no policy variable`;
    pieces.push({ key: key.toLowerCase(), ...(fallback === undefined ? {} : { fallback }) });
  }
  return { text, pieces };
}

/** A pattern in which only the wildcards are special: an action, or any text of version 2008-10-17. */
export const plainPattern = (text: string): Pattern => ({
  text,
  pieces: text.split('').map(tokenOf),
});

/**
 * The pattern for this request, or undefined where a variable has no value: AWS takes it for null,
 * which equals nothing. Values put in are taken literally, wildcards in them are not special.
 */
export function fillIn(pattern: Pattern, context: Context): readonly Token[] | undefined {
  const tokens: Token[] = [];
  for (const piece of pattern.pieces) {
    if (typeof piece !== 'object') {
      tokens.push(piece);
      continue;
    }
    const values = context.get(piece.key);
    // A multivalued key cannot be a policy variable.
    const value = values?.length === 1 && values[0] !== '' ? values[0] : piece.fallback;
    if (value === undefined) return undefined;
    for (const character of value.split('')) tokens.push(character);
  }
  return tokens;
}

/** The tokens as text, for operators to which wildcards are characters like any other. */
export const literally = (tokens: readonly Token[]): string =>
  tokens.map((token) => (token === ANY ? '*' : token === ONE ? '?' : token)).join('');

/**
 * Whether the tokens cover the whole text. It goes back to the last `*` only, so the time is at most
 * the product of the lengths, whatever the pattern.
 */
export function covers(tokens: readonly Token[], text: string): boolean {
  let token = 0;
  let character = 0;
  let star = -1;
  let resume = 0;
  while (character < text.length) {
    const wanted = tokens[token];
    if (wanted === ANY) {
      star = token;
      resume = character;
      token += 1;
    } else if (wanted === ONE || (wanted !== undefined && wanted === text[character])) {
      token += 1;
      character += 1;
    } else if (star !== -1) {
      resume += 1;
      character = resume;
      token = star + 1;
    } else {
      return false;
    }
  }
  while (tokens[token] === ANY) token += 1;
  return token === tokens.length;
}

function tokenOf(character: string): Token {
  if (character === '*') return ANY;
  return character === '?' ? ONE : character;
}
