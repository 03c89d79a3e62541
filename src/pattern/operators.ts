import { readAnythingBut } from './kinds/anything-but';
import { readCidr } from './kinds/cidr';
import { readEqualsIgnoreCase } from './kinds/equals-ignore-case';
import { readExactly } from './kinds/exactly';
import { readExists } from './kinds/exists';
import { readNumeric } from './kinds/numeric';
import { readPrefix } from './kinds/prefix';
import { readSuffix } from './kinds/suffix';
import { readWildcard } from './kinds/wildcard';
import type { Condition } from './leaf';
import { expectEnd, ONE_KEY, type Reader } from './reader';

const OPERATORS: Readonly<Record<string, (reader: Reader) => Condition>> = {
  exactly: readExactly,
  prefix: readPrefix,
  suffix: readSuffix,
  'equals-ignore-case': readEqualsIgnoreCase,
  wildcard: readWildcard,
  cidr: readCidr,
  exists: readExists,
};

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
