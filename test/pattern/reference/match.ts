import { isObject, type Json } from '#core';
import { EventError } from '#pattern';
import { type Tokens, textTokens } from '#pattern/tokens';
import { canChoose } from './choose';
import { pathsOf } from './paths';
import { alternativesOf } from './pattern';
import { placesOf } from './places';
import { valueTokens } from './value-tokens';

/** Whether an event's text matches a pattern, read slowly and plainly: all of it, rule by rule. */
export function referenceMatches(pattern: string, event: string): boolean {
  return matchesTokens(
    pattern,
    textTokens(event, (reason) => new EventError(reason)),
  );
}

/** The same for a parsed event. */
export function referenceMatchesValue(pattern: string, event: Json): boolean {
  if (!isObject(event)) throw new EventError('the event is not a JSON object');
  return matchesTokens(pattern, valueTokens(event));
}

function matchesTokens(pattern: string, tokens: Tokens): boolean {
  const alternatives = alternativesOf(pattern);
  // The order of UTF-16 units, which is both event-ruler's and `sort`'s: `exists: false` heeds it.
  const paths = [...new Set(alternatives.flatMap((one) => [...one.keys()]))].sort();
  if (tokens.next() !== '{') throw new EventError('the event is not a JSON object');
  const root = placesOf(tokens, pathsOf(paths));
  return alternatives.some((alternative) =>
    canChoose(
      paths.flatMap((path, number) => {
        const leaf = alternative.get(path);
        return leaf === undefined ? [] : [{ path: number, leaf }];
      }),
      root,
    ),
  );
}
