import type { Json } from '#core';
import { isObject } from '#core';
import { canChoose, type Field } from './choose';
import { EventError } from './errors';
import { type Alternative, parseAlternatives } from './parse';
import { type Paths, pathsOf } from './paths';
import { placesOf } from './places';
import { type Tokens, textTokens } from './tokens';
import { valueTokens } from './value-tokens';

/** A compiled event pattern. */
export interface Pattern {
  readonly text: string;
  /** What its `$or`s make of it; one of them must hold. */
  readonly alternatives: readonly Alternative[];
  readonly paths: Paths;
  /** Per alternative its fields, in the order of their paths. */
  readonly fields: readonly (readonly Field[])[];
}

/**
 * Compiles an event pattern, with EventBridge's semantics as event-ruler 2.0.1 has them.
 * @throws PatternError with event-ruler's message where EventBridge would refuse the pattern
 */
export function parsePattern(text: string): Pattern {
  const alternatives = parseAlternatives(text);
  // The order of UTF-16 units, which is both event-ruler's and `sort`'s: `exists: false` heeds it.
  const paths = [...new Set(alternatives.flatMap((one) => [...one.keys()]))].sort();
  const numbers = new Map(paths.map((path, number) => [path, number]));
  const fields = alternatives.map((alternative) =>
    [...alternative]
      .map(([path, leaf]) => ({ path: numbers.get(path) ?? -1, leaf }))
      .sort((one, other) => one.path - other.path),
  );
  return { text, alternatives, paths: pathsOf(paths), fields };
}

/**
 * Whether an event's text matches. Texts keep what parsing loses: how numbers are written, and
 * keys that occur twice (both values count). Any JSON object is an event here.
 * @throws EventError where the text is no JSON object
 */
export function matches(pattern: Pattern, event: string): boolean {
  const refuse = (reason: string): Error => new EventError(`the event is not JSON: ${reason}`);
  return matchesTokens(pattern, textTokens(event, refuse));
}

/**
 * Whether an event that has been parsed already matches. Answers as `matches` does for the text
 * that JavaScript writes for it.
 * @throws EventError where the event is no object
 */
export function matchesValue(pattern: Pattern, event: Json): boolean {
  if (!isObject(event)) throw new EventError('the event is not a JSON object');
  return matchesTokens(pattern, valueTokens(event));
}

function matchesTokens(pattern: Pattern, tokens: Tokens): boolean {
  if (tokens.next() !== '{') throw new EventError('the event is not a JSON object');
  const root = placesOf(tokens, pattern.paths);
  return pattern.fields.some((fields) => canChoose(fields, root));
}
