import { addressDigits } from './kinds/address';
import { comparable } from './kinds/number';
import { isQuoted } from './text';

/** One value of an event: its text as compared, and what that is read as, once it is asked for. */
export interface Value {
  /** Strings in quotes and without escapes, everything else as it is written. */
  readonly text: string;
  /** The number it can be compared as. */
  number(): number | undefined;
  /** The digits of the IP address that a string is. */
  address(): string | undefined;
}

export function valueOfText(text: string): Value {
  const number = once(() => comparable(text));
  const address = once(() => (isQuoted(text) ? addressDigits(text.slice(1, -1)) : undefined));
  return { text, number, address };
}

function once<T>(read: () => T): () => T {
  let answer: { readonly is: T } | undefined;
  return () => {
    answer ??= { is: read() };
    return answer.is;
  };
}
