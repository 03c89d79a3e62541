import { complexity } from './complexity';
import { PatternError } from './errors';
import { numberLiteral, stringLiteral } from './kinds/literal';
import { type Condition, type Leaf, leafOf } from './leaf';
import { readOperator } from './operators';
import { type Reader, readerOf } from './reader';

/** Dotted path → what its values must be. All must hold. */
export type Alternative = ReadonlyMap<string, Leaf>;

/** An event pattern that EventBridge takes. */
export interface Pattern {
  readonly text: string;
  /** What its `$or`s make of it; one of them must hold. */
  readonly alternatives: readonly Alternative[];
}

/** What event-ruler allows in one alternative. */
const MOST_FIELDS = 256;

/** "Rules … will fail to parse if the use of OR leads to over 1000 rule combinations" (AWS). */
const MOST_ALTERNATIVES = 1_000;

/**
 * EventBridge, not event-ruler, refuses complex wildcards. Recorded are 7 that it takes and 11 that
 * it refuses; where between them its limit lies is not known.
 */
const TOO_COMPLEX = 11;

const RESERVED: ReadonlySet<string> = new Set([
  ...['exactly', 'equals-ignore-case', 'prefix', 'suffix', 'anything-but', 'exists', 'wildcard'],
  ...['numeric', 'cidr', '=', '<', '<=', '>', '>=', 'regex', 'not-wildcard'],
  ...['not-equals-ignore-case', 'date-after', 'date-on-or-after', 'date-before'],
  ...['date-on-or-before', 'in-date-range', 'ip-address-in-range', 'ip-address-not-in-range'],
]);

/** Where the parser is: the path so far, and whether an `$or` is around it. */
interface Scope {
  readonly path: string | undefined;
  readonly isInOr: boolean;
}

/**
 * Reads an event pattern as event-ruler 2.0.1 does. A leaf is written to every alternative there is
 * so far: the last one written to a path wins.
 * @throws PatternError with the service's message where EventBridge would refuse the pattern, and
 * with the line and column, both counted from 1, where the service names them
 */
export function parsePattern(text: string): Pattern {
  const reader = readerOf(text);
  if (reader.next() !== '{') reader.fail('Filter is not an object');
  const alternatives = readObject(reader, { path: undefined, isInOr: false }, [new Map()]);
  for (const { size } of alternatives)
    if (size > MOST_FIELDS)
      throw new PatternError(`Size of rule exceeds max value of ${MOST_FIELDS}`);
  const leaves = new Set(alternatives.flatMap((alternative) => [...alternative.values()]));
  for (const { globs } of leaves)
    if (complexity(globs, TOO_COMPLEX) >= TOO_COMPLEX)
      throw new PatternError(
        'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
      );
  return { text, alternatives };
}

function readObject(
  reader: Reader,
  scope: Scope,
  before: readonly Alternative[],
): readonly Alternative[] {
  let alternatives = before;
  let isEmpty = true;
  while (reader.next() !== '}') {
    isEmpty = false;
    const name = reader.text();
    if (name === '$or') alternatives = readOr(reader, scope, alternatives);
    else alternatives = readField(reader, scope, name, alternatives);
  }
  if (isEmpty) reader.fail('Empty objects are not allowed');
  return alternatives;
}

function readField(
  reader: Reader,
  scope: Scope,
  name: string,
  alternatives: readonly Alternative[],
): readonly Alternative[] {
  if (scope.isInOr && RESERVED.has(name))
    reader.fail(`${name} is Ruler reserved fieldName which cannot be used inside $or.`);
  const token = reader.next();
  if (token === '{') {
    const path = scope.path === undefined ? name : `${scope.path}.${name}`;
    return readObject(reader, { ...scope, path }, alternatives);
  }
  if (token !== '[') reader.fail(`"${name}" must be an object or an array`);
  // event-ruler leaves out the dot where the path so far is the empty key.
  const path = scope.path ? `${scope.path}.${name}` : name;
  const leaf = readLeaf(reader);
  return alternatives.map((alternative) => new Map(alternative).set(path, leaf));
}

function readOr(
  reader: Reader,
  scope: Scope,
  before: readonly Alternative[],
): readonly Alternative[] {
  if (reader.next() !== '[') reader.fail('It must be an Array followed with $or.');
  const alternatives: Alternative[] = [];
  let count = 0;
  for (let token = reader.next(); token !== ']'; token = reader.next()) {
    if (token !== '{') reader.fail('Only JSON object is allowed in array of $or relationship.');
    count += 1;
    alternatives.push(...readObject(reader, { ...scope, isInOr: true }, before));
    if (alternatives.length > MOST_ALTERNATIVES)
      reader.fail(`The use of $or leads to over ${MOST_ALTERNATIVES} rule combinations.`);
  }
  if (count < 2) reader.fail('There must have at least 2 Objects in $or relationship.');
  return alternatives;
}

function readLeaf(reader: Reader): Leaf {
  const from = reader.offset();
  const conditions: Condition[] = [];
  for (let token = reader.next(); token !== ']'; token = reader.next()) {
    if (token === '{') conditions.push(readOperator(reader));
    else if (token === 'string') conditions.push(stringLiteral(reader.text()));
    else if (token === 'number') conditions.push(...numberLiteral(reader.text()));
    else if (token === '[') reader.fail('Match value must be String, number, true, false, or null');
    else conditions.push({ kind: 'text', text: reader.text() });
  }
  if (conditions.length === 0) reader.fail('Empty arrays are not allowed');
  return leafOf(reader.written(from), conditions);
}
