import { expectEnd, ONE_KEY, type Reader, readString } from '../reader';

export interface Affix {
  readonly operand: string;
  readonly ignoresCase: boolean;
}

/** Reads what `prefix` and `suffix` share: a string, or one whose case does not matter. */
export function readAffix(reader: Reader, name: 'prefix' | 'suffix'): Affix {
  const token = reader.next();
  if (token === 'string') return { operand: reader.text(), ignoresCase: false };
  if (token !== '{') return reader.fail(`${name} match pattern must be a string`);
  if (reader.next() !== 'name')
    reader.fail(`${name === 'prefix' ? 'Prefix' : 'Suffix'} expression name not found`);
  const nested = reader.text();
  if (nested !== 'equals-ignore-case') reader.fail(`Unsupported ${name} pattern: ${nested}`);
  const operand = readString(reader, 'equals-ignore-case match pattern must be a string');
  expectEnd(reader, ONE_KEY);
  return { operand, ignoresCase: true };
}
