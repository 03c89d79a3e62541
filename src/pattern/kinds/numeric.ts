import type { Condition, Test } from '../leaf';
import { expectEnd, numberOf, ONE_NUMERIC, type Reader } from '../reader';

/** Reads `["=", n]`, `["<", n]` … or `[">", a, "<=", b]`; the opening name has been read. */
export function readNumeric(reader: Reader): Condition {
  if (reader.next() !== '[') reader.fail('Value of numeric must be an array.');
  const holds = readComparison(reader);
  expectEnd(reader, ONE_NUMERIC);
  const test: Test = (value) => {
    const number = value.number();
    return number !== undefined && holds(number);
  };
  return { kind: 'test', isNumeric: true, holds: test };
}

type Holds = (number: number) => boolean;

const OPERATORS: Readonly<Record<string, (bound: number) => Holds>> = {
  '=': (bound) => (number) => number === bound,
  '<': (bound) => (number) => number < bound,
  '<=': (bound) => (number) => number <= bound,
  '>': (bound) => (number) => number > bound,
  '>=': (bound) => (number) => number >= bound,
};

function readComparison(reader: Reader): Holds {
  if (reader.next() !== 'string') reader.fail(`Invalid member in numeric match: ${reader.text()}`);
  const name = reader.text();
  const token = reader.next();
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (operator === undefined) return reader.fail(`Unrecognized numeric range operator: ${name}`);
  if (token !== 'number') reader.fail(`Value of ${name === '=' ? 'equals' : name} must be numeric`);
  const bound = reader.text();
  const following = reader.next();
  if (following === ']') return operator(numberOf(bound, reader.fail));
  if (!name.startsWith('>')) return reader.fail(ONE_NUMERIC);
  if (following !== 'string') reader.fail(`Bad value in numeric range: ${reader.text()}`);
  return readUpperBound(reader, operator, bound);
}

function readUpperBound(
  reader: Reader,
  lower: (bound: number) => Holds,
  bottomText: string,
): Holds {
  const name = reader.text();
  const upper = name === '<' || name === '<=' ? OPERATORS[name] : undefined;
  if (upper === undefined) return reader.fail(`Bad numeric range operator: ${name}`);
  if (reader.next() !== 'number') reader.fail(`Value of ${name} must be numeric`);
  const topText = reader.text();
  if (reader.next() !== ']') reader.fail('Too many terms in numeric range expression');
  const bottom = numberOf(bottomText, reader.fail);
  const top = numberOf(topText, reader.fail);
  if (bottom >= top) reader.fail('Bottom must be less than top');
  const isAbove = lower(bottom);
  const isBelow = upper(top);
  return (number) => isAbove(number) && isBelow(number);
}
