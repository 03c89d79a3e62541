import { cidrRange } from './address';
import { readAnythingBut } from './anything-but';
import { endsWithFolded, equalsFolded, fold, foldedPrefix } from './fold';
import { matchesGlob, parseGlob } from './glob';
import type { Condition, Test } from './leaf';
import { readNumeric } from './numeric';
import { expectEnd, ONE_KEY, type Reader } from './reader';
import { isQuoted, quoted, wellFormed } from './text';

const OPERATORS: Readonly<Record<string, (reader: Reader) => Condition>> = {
  exactly: (reader) => {
    const text = quoted(readString(reader, 'exact match pattern must be a string'));
    return { kind: 'text', text };
  },
  prefix: (reader) =>
    readAffix(reader, 'prefix', {
      plain: (operand) => {
        const prefix = `"${wellFormed(operand)}`;
        return (text) => text.startsWith(prefix);
      },
      folded: (operand) => {
        const folded = fold(`"${operand}`);
        return (text) => foldedPrefix(folded, text) >= 0;
      },
    }),
  suffix: (reader) =>
    readAffix(reader, 'suffix', {
      plain: (operand) => {
        const suffix = `${wellFormed(operand)}"`;
        return (text) => text.endsWith(suffix);
      },
      folded: (operand) => {
        const folded = fold(`${operand}"`);
        return (text) => endsWithFolded(folded, text);
      },
    }),
  'equals-ignore-case': (reader) => {
    const operand = readString(reader, 'equals-ignore-case match pattern must be a string');
    const folded = fold(`"${operand}"`);
    return test((text) => isQuoted(text) && equalsFolded(folded, text));
  },
  wildcard: (reader) => {
    const glob = parseGlob(quoted(readString(reader, 'wildcard match pattern must be a string')));
    if (typeof glob === 'string') return reader.fail(glob);
    return { ...test((text) => matchesGlob(glob, text)), globs: [glob] };
  },
  cidr: (reader) => {
    // The message says "prefix" in event-ruler and in EventBridge.
    const operand = readString(reader, 'prefix match pattern must be a string');
    return { kind: 'address', range: cidrRange(operand) };
  },
  exists: (reader) => {
    const token = reader.next();
    if (token === 'true') return test(() => true);
    if (token === 'false') return { kind: 'absent' };
    return reader.fail('exists match pattern must be either true or false.');
  },
};

const test = (holds: Test): Condition => ({ kind: 'test', isNumeric: false, holds });

/** Reads one `{ "operator": operand }` of a leaf array; its brace has been read. */
export function readOperator(reader: Reader): Condition {
  if (reader.next() !== 'name') reader.fail('Match expression name not found');
  const name = reader.text();
  if (name === 'numeric') return readNumeric(reader);
  if (name === 'anything-but') return readAnythingBut(reader);
  const read = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (read === undefined) return reader.fail(`Unrecognized match type ${name}`);
  const condition = read(reader);
  expectEnd(reader, ONE_KEY);
  return condition;
}

function readString(reader: Reader, wrongType: string): string {
  if (reader.next() !== 'string') reader.fail(wrongType);
  return reader.text();
}

interface Affix {
  readonly plain: (operand: string) => Test;
  readonly folded: (operand: string) => Test;
}

function readAffix(reader: Reader, name: 'prefix' | 'suffix', affix: Affix): Condition {
  const token = reader.next();
  if (token === 'string') return test(affix.plain(reader.text()));
  if (token !== '{') return reader.fail(`${name} match pattern must be a string`);
  if (reader.next() !== 'name')
    reader.fail(`${name === 'prefix' ? 'Prefix' : 'Suffix'} expression name not found`);
  const nested = reader.text();
  if (nested !== 'equals-ignore-case') reader.fail(`Unsupported ${name} pattern: ${nested}`);
  const operand = readString(reader, 'equals-ignore-case match pattern must be a string');
  expectEnd(reader, ONE_KEY);
  return test(affix.folded(operand));
}
