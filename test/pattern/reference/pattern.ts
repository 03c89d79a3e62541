import { type Token, textTokens } from '#pattern/tokens';

/** JSON as it is written: keys may occur twice, and numbers keep their text. */
export type Written =
  | { readonly kind: 'object'; readonly members: readonly (readonly [string, Written])[] }
  | { readonly kind: 'list'; readonly items: readonly Written[] }
  | { readonly kind: 'string' | 'number' | 'true' | 'false' | 'null'; readonly text: string };

/** Path → the entries of its leaf. */
export type Alternative = ReadonlyMap<string, readonly Written[]>;

export function readWritten(text: string): Written {
  const tokens = textTokens(text, (reason) => new Error(reason));
  const read = (token: Token): Written => {
    if (token === '{') {
      const members: [string, Written][] = [];
      while (tokens.next() === 'name') members.push([tokens.text(), read(tokens.next())]);
      return { kind: 'object', members };
    }
    if (token === '[') {
      const items: Written[] = [];
      for (let next = tokens.next(); next !== ']'; next = tokens.next()) items.push(read(next));
      return { kind: 'list', items };
    }
    if (token === '}' || token === ']' || token === 'name' || token === 'end')
      throw new Error(`no value: ${token}`);
    return { kind: token, text: tokens.text() };
  };
  return read(tokens.next());
}

/** The alternatives of a pattern that is known to be one. */
export const alternativesOf = (pattern: string): readonly Alternative[] =>
  spread(readWritten(pattern), '', [new Map()]);

function spread(
  written: Written,
  within: string,
  before: readonly Alternative[],
): readonly Alternative[] {
  if (written.kind === 'list')
    return before.map((one) => new Map([...one, [within, written.items]]));
  if (written.kind !== 'object') throw new Error('the pattern is none');
  return written.members.reduce((so: readonly Alternative[], [name, inner]) => {
    if (name === '$or' && inner.kind === 'list')
      return inner.items.flatMap((branch) => spread(branch, within, so));
    return spread(inner, within === '' ? name : `${within}.${name}`, so);
  }, before);
}
