import { type Pattern, parsePattern } from '../parse';
import { type EventBytes, eventBytes, load } from './event-bytes';
import { clear, type Found, found } from './found';
import { knownKeys } from './known-keys';
import { hasEmptyPart } from './path-tree';
import { type NumberedAlternative, ruleSet } from './rule-set';
import { frames, scan } from './scan';
import { holding, search } from './search';
import { walk } from './walk';

/** A rule to match events against. */
export interface PatternRule {
  /** What `match` tells; rules of one name match where one of them does. */
  readonly name: string;
  /** A pattern, or its text. */
  readonly pattern: string | Pattern;
}

export interface Matcher {
  /**
   * The names of the rules that match an event, without duplicates, in the order of UTF-16 units.
   * Any JSON object is an event here. What follows its closing brace is ignored; up to there all
   * of it is read, for keys may occur twice. Bytes are UTF-8; what is none is read as U+FFFD.
   * @throws EventError where the first value is no object, or no JSON
   */
  match(event: Uint8Array | string): readonly string[];
  /**
   * The same for an event that has been parsed already, which can't tell how numbers were written
   * nor which keys occurred twice: it answers as `match` does for what JSON.stringify makes of it,
   * at any depth.
   * @throws EventError where the event is no object
   */
  matchValue(event: unknown): readonly string[];
}

/**
 * Compiles rules for one pass over each event, however many they are. No rule changes what another
 * answers. A matcher keeps some hundred kilobytes, and several times its longest event: compile
 * rules together, and a matcher only once.
 * @throws PatternError where a text is no pattern
 */
export function compile(rules: Iterable<PatternRule>): Matcher {
  const given = [...rules].map(({ name, pattern }) => ({
    name,
    pattern: typeof pattern === 'string' ? parsePattern(pattern) : pattern,
  }));
  const names = [...new Set(given.map(({ name }) => name))].sort();
  const numbers = new Map(names.map((name, number) => [name, number]));
  const alternativesOf = (some: typeof given): readonly NumberedAlternative[] =>
    some
      .flatMap(({ name, pattern }) =>
        pattern.alternatives.map((fields) => ({ rule: numbers.get(name) ?? -1, fields })),
      )
      .sort((one, other) => one.rule - other.rule);
  // Keys without a name are passed over unless a path of the same rule has one.
  const asking = given.filter(({ pattern }) => asksForEmptyKeys(pattern));
  const others = given.filter(({ pattern }) => !asksForEmptyKeys(pattern));
  const part = partOf(alternativesOf(others));
  const askingPart = asking.length > 0 ? partOf(alternativesOf(asking)) : undefined;
  const event = eventBytes();
  const named = (hits: readonly number[], more: readonly number[] | undefined) => {
    const all = more === undefined ? hits : merged(hits, more);
    return all.length === 0 ? NOBODY : all.map((hit) => names[hit] ?? '');
  };
  return {
    match(given) {
      load(event, given);
      return named(part.match(event), askingPart?.match(event));
    },
    matchValue: (given) =>
      named(part.matchValue(given, event), askingPart?.matchValue(given, event)),
  };
}

const NOBODY: readonly string[] = Object.freeze([]);

const merged = (hits: readonly number[], more: readonly number[]): readonly number[] =>
  [...new Set([...hits, ...more])].sort((one, other) => one - other);

const asksForEmptyKeys = ({ alternatives }: Pattern): boolean =>
  alternatives.some((fields) => [...fields.keys()].some(hasEmptyPart));

/** Rules that look at an event in the same way. */
interface Part {
  match(event: EventBytes): readonly number[];
  matchValue(given: unknown, texts: EventBytes): readonly number[];
}

function partOf(alternatives: readonly NumberedAlternative[]): Part {
  const rules = ruleSet(alternatives);
  const keys = knownKeys(rules.tree);
  const around = frames();
  const into: Found = found(rules.indexes.length);
  const searched = search(rules);
  return {
    match(event) {
      clear(into);
      scan(event, keys, around, into);
      return holding(searched, event, into);
    },
    matchValue(given, texts) {
      clear(into);
      walk(given, rules.tree, texts, into);
      return holding(searched, texts, into);
    },
  };
}
