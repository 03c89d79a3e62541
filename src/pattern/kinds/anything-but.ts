import { PatternError } from '../errors';
import type { Condition, Test } from '../leaf';
import { expectEnd, numberOf, ONE_NUMERIC, type Reader } from '../reader';
import { quoted } from '../text';
import { NOT_A_VALUE, readNested } from './anything-but-nested';

const MIXED =
  'Inside anything but list, either all values are number or string, mixed type is not supported';
const NOT_IN_LIST = 'Inside anything but list, start|null|boolean is not supported.';

/** Reads what must not be: a value, a list, or prefixes and the like; the name has been read. */
export function readAnythingBut(reader: Reader): Condition {
  const token = reader.next();
  if (token === '{') return readNested(reader);
  const excluded = token === '[' ? readList(reader) : readSingle(reader, token);
  expectEnd(reader, ONE_NUMERIC);
  return excluded;
}

function readSingle(reader: Reader, token: string): Condition {
  if (token === 'string') return butTexts([quoted(reader.text())]);
  if (token !== 'number') return reader.fail(NOT_A_VALUE);
  // The one numeric operand for which EventBridge names no place.
  const refuse = (message: string): never => {
    throw new PatternError(message);
  };
  return butNumbers([numberOf(reader.text(), refuse)]);
}

function readList(reader: Reader): Condition {
  const texts: string[] = [];
  const numbers: number[] = [];
  for (let token = reader.next(); token !== ']'; token = reader.next()) {
    if (token === 'string') texts.push(quoted(reader.text()));
    else if (token === 'number') numbers.push(numberOf(reader.text(), reader.fail));
    else reader.fail(NOT_IN_LIST);
  }
  if (texts.length > 0 === numbers.length > 0) reader.fail(MIXED);
  return texts.length > 0 ? butTexts(texts) : butNumbers(numbers);
}

function butTexts(texts: readonly string[]): Condition {
  const excluded = new Set(texts);
  return { kind: 'test', isNumeric: false, holds: ({ text }) => !excluded.has(text) };
}

function butNumbers(numbers: readonly number[]): Condition {
  const excluded = new Set(numbers);
  const holds: Test = (value) => {
    const number = value.number();
    return number === undefined || !excluded.has(number);
  };
  return { kind: 'test', isNumeric: true, holds };
}
