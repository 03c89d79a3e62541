import type { Condition } from '../leaf';
import { expectEnd, ONE_NUMERIC, type Reader } from '../reader';
import { equalsFolded, fold } from './fold';
import { matchesGlob } from './glob';
import { beginsWith } from './prefix';
import { endsIn } from './suffix';
import { globOf } from './wildcard';

export const NOT_A_VALUE = 'Value of anything-but must be an array or single string/number value.';

type Exclusion = Omit<Extract<Condition, { kind: 'test' }>, 'kind' | 'isNumeric'>;

interface Nested {
  readonly wrongType: string;
  /** What is wrong with an empty operand, if anything. */
  readonly empty?: string;
  exclude(operands: readonly string[], reader: Reader): Exclusion;
}

const AFFIX = {
  wrongType: 'prefix/suffix match pattern must be a string',
  empty: 'Null prefix/suffix not allowed',
} as const;

const NESTED: Readonly<Record<string, Nested>> = {
  prefix: {
    ...AFFIX,
    exclude: (operands) => noneOf(operands.map(beginsWith)),
  },
  suffix: {
    ...AFFIX,
    exclude: (operands) => noneOf(operands.map(endsIn)),
  },
  'equals-ignore-case': {
    wrongType:
      'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
    exclude: (operands) => {
      const folded = operands.map((operand) => fold(`"${operand}"`));
      return noneOf(folded.map((one) => (text) => equalsFolded(one, text)));
    },
  },
  wildcard: {
    wrongType: 'wildcard match pattern must be a string',
    exclude: (operands, reader) => {
      const globs = operands.map((operand) => globOf(operand, reader));
      return { ...noneOf(globs.map((glob) => (text) => matchesGlob(glob, text))), globs };
    },
  },
};

const noneOf = (tests: readonly ((text: string) => boolean)[]): Exclusion => ({
  holds: ({ text }) => !tests.some((isExcluded) => isExcluded(text)),
});

/** Reads `{ "prefix": … }` and the like inside of an `anything-but`; the first brace has been read. */
export function readNested(reader: Reader): Condition {
  if (reader.next() !== 'name') reader.fail('Anything-But expression name not found');
  const name = reader.text();
  const nested = Object.hasOwn(NESTED, name) ? NESTED[name] : undefined;
  if (nested === undefined) return reader.fail(`Unsupported anything-but pattern: ${name}`);
  const exclusion = nested.exclude(readOperands(reader, nested), reader);
  expectEnd(reader, ONE_NUMERIC);
  expectEnd(reader, ONE_NUMERIC);
  return { kind: 'test', isNumeric: false, ...exclusion };
}

function readOperands(reader: Reader, nested: Nested): readonly string[] {
  const first = reader.next();
  if (first === 'string') return [readOperand(reader, nested)];
  if (first === 'number') return reader.fail(nested.wrongType);
  if (first !== '[') return reader.fail(NOT_A_VALUE);
  const operands: string[] = [];
  for (let token = reader.next(); token !== ']'; token = reader.next()) {
    if (token !== 'string') reader.fail(nested.wrongType);
    operands.push(readOperand(reader, nested));
  }
  // event-ruler's check lets this pass and its engine then fails on it.
  if (operands.length === 0) reader.fail('Empty arrays are not allowed');
  return operands;
}

function readOperand(reader: Reader, nested: Nested): string {
  const operand = reader.text();
  return operand === '' && nested.empty !== undefined ? reader.fail(nested.empty) : operand;
}
