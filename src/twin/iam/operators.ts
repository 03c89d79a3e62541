import { arnCovers, partsOf } from './arn';
import { addressTest, dateOf, numberOf } from './operands';
import {
  covers,
  fillIn,
  literally,
  type Pattern,
  plainPattern,
  readPattern,
  type Token,
} from './pattern';
import type { Test } from './policy';

/** A condition operator without its set prefix and `IfExists`. */
export interface Operator {
  /** A negated operator is met where none of the values matches, and where the key is missing. */
  readonly negated: boolean;
  /** Reads one value of the policy; text says what is wrong with it. */
  compile(value: string, variables: boolean): Test | string;
}

/**
 * All condition operators but `Null`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  [
    pair('StringEquals', 'StringNotEquals', text(same)),
    pair('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', text(sameIgnoringCase)),
    pair('StringLike', 'StringNotLike', pattern(covers)),
    pair('ArnEquals', 'ArnNotEquals', arn),
    pair('ArnLike', 'ArnNotLike', arn),
    pair('IpAddress', 'NotIpAddress', addressTest),
    pair('NumericEquals', 'NumericNotEquals', number(equal)),
    pair('DateEquals', 'DateNotEquals', date(equal)),
    single('NumericLessThan', number(less)),
    single('NumericLessThanEquals', number(atMost)),
    single('NumericGreaterThan', number(more)),
    single('NumericGreaterThanEquals', number(atLeast)),
    single('DateLessThan', date(less)),
    single('DateLessThanEquals', date(atMost)),
    single('DateGreaterThan', date(more)),
    single('DateGreaterThanEquals', date(atLeast)),
    single('Bool', bool),
    single('BinaryEquals', binary),
  ].flat(),
);

type Compile = Operator['compile'];
type Order = (value: number, limit: number) => boolean;

function single(name: string, compile: Compile): [string, Operator][] {
  return [[name, { negated: false, compile }]];
}

function pair(name: string, negation: string, compile: Compile): [string, Operator][] {
  return [...single(name, compile), [negation, { negated: true, compile }]];
}

function same(value: string, wanted: string): boolean {
  return value === wanted;
}
function sameIgnoringCase(value: string, wanted: string): boolean {
  return value.toLowerCase() === wanted.toLowerCase();
}
function equal(value: number, limit: number): boolean {
  return value === limit;
}
function less(value: number, limit: number): boolean {
  return value < limit;
}
function atMost(value: number, limit: number): boolean {
  return value <= limit;
}
function more(value: number, limit: number): boolean {
  return value > limit;
}
function atLeast(value: number, limit: number): boolean {
  return value >= limit;
}

function pattern(
  matches: (tokens: readonly Token[], given: string) => boolean | undefined,
  complain?: (pattern: Pattern) => string | undefined,
) {
  return (value: string, variables: boolean): Test | string => {
    const read = variables ? readPattern(value) : plainPattern(value);
    if (typeof read === 'string') return read;
    return (
      complain?.(read) ??
      ((given, context) => {
        const tokens = fillIn(read, context);
        return tokens === undefined ? false : matches(tokens, given);
      })
    );
  };
}

function text(matches: (value: string, wanted: string) => boolean): Compile {
  return pattern((tokens, given) => matches(given, literally(tokens)));
}

function arn(value: string, variables: boolean): Test | string {
  return pattern(arnCovers, ({ text: written, pieces }) =>
    // A variable may bring the parts with it.
    partsOf(written) === undefined && !pieces.some((piece) => typeof piece === 'object')
      ? `"${written}" is no ARN: all six parts must be there, if only as *`
      : undefined,
  )(value, variables);
}

function number(order: Order): Compile {
  return ordered(order, numberOf, 'number');
}

function date(order: Order): Compile {
  return ordered(order, dateOf, 'date with its time zone, nor seconds since 1970');
}

function ordered(order: Order, read: typeof numberOf, what: string): Compile {
  return (value) => {
    const limit = read(value);
    if (limit === undefined) return `"${value}" is no ${what}`;
    return (given) => {
      const found = read(given);
      return found === undefined ? undefined : order(found, limit);
    };
  };
}

function bool(value: string): Test | string {
  const wanted = value.toLowerCase();
  if (wanted !== 'true' && wanted !== 'false') return `"${value}" is neither true nor false`;
  return (given) => given.toLowerCase() === wanted;
}

function binary(value: string): Test | string {
  const wanted = Buffer.from(value, 'base64');
  if (wanted.toString('base64') !== value) return `"${value}" is not base64`;
  return (given) => Buffer.from(given, 'base64').equals(wanted);
}
