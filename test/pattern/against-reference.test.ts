import fc from 'fast-check';
import { compile, EventError, parsePattern } from '#pattern';
import { referenceMatches, referenceMatchesValue } from './reference/match';
import { crowdedEvent, crowdedPattern, event, pattern } from './written-events';

const isTaken = (text: string): boolean => {
  try {
    parsePattern(text);
    return true;
  } catch {
    return false;
  }
};
const patterns = fc.array(pattern.filter(isTaken), { minLength: 1, maxLength: 8 });
const together = (texts: readonly string[]) =>
  compile(texts.map((text, index) => ({ name: `${index}`, pattern: text })));

/** The names that the slow matcher finds, each pattern asked alone. */
const expected = (texts: readonly string[], about: (text: string) => boolean) =>
  texts.flatMap((text, index) => (about(text) ? [`${index}`] : []));

function outcomeOf<T>(ask: () => T): T | 'refused' {
  try {
    return ask();
  } catch (error) {
    if (error instanceof EventError) return 'refused';
    throw error;
  }
}

test('rules matched together over bytes answer as each does alone, read slowly', () => {
  fc.assert(
    fc.property(patterns, fc.array(event, { minLength: 1, maxLength: 5 }), (texts, events) => {
      const matcher = together(texts);

      // Twice, as a matcher remembers keys and values.
      for (const one of [...events, ...events]) {
        const names = expected(texts, (text) => referenceMatches(text, one));
        expect(matcher.match(one)).toEqual(names);
        expect(matcher.match(Buffer.from(one.replace(/\p{Surrogate}/gu, '?')))).toEqual(names);
      }
    }),
    { numRuns: 300 },
  );
});

test('arrays in which most choices contradict each other are answered as the slow matcher does', () => {
  fc.assert(
    fc.property(
      fc.array(crowdedPattern, { minLength: 4, maxLength: 8 }),
      crowdedEvent,
      (texts, one) => {
        expect(together(texts).match(one)).toEqual(
          expected(texts, (text) => referenceMatches(text, one)),
        );
      },
    ),
    { numRuns: 600 },
  );
});

test('a parsed event gets the answers of the slow matcher for parsed events', () => {
  fc.assert(
    fc.property(patterns, event, (texts, text) => {
      const parsed = JSON.parse(text);

      expect(together(texts).matchValue(parsed)).toEqual(
        expected(texts, (one) => referenceMatchesValue(one, parsed)),
      );
    }),
    { numRuns: 150 },
  );
});

test('an event with a byte changed is refused or answered as the slow matcher does', () => {
  const interesting = fc.constantFrom(
    ...Buffer.from('"\\{}[]:,.-+eE019 tu\n\u0000\u007f'),
    0x80,
    0xff,
  );
  const byte = fc.oneof(interesting, fc.nat(255));
  fc.assert(
    fc.property(patterns, event, fc.nat(), byte, (texts, text, place, changed) => {
      const bytes = Buffer.from(text);
      bytes[place % bytes.length] = changed;
      const read = bytes.toString();
      const names = outcomeOf(() => expected(texts, (one) => referenceMatches(one, read)));

      expect(outcomeOf(() => together(texts).match(bytes))).toEqual(names);
    }),
    { numRuns: 300 },
  );
});

test('an event that is cut off anywhere is refused', () => {
  fc.assert(
    fc.property(pattern.filter(isTaken), event, fc.nat(), (about, text, place) => {
      const bytes = Buffer.from(text);
      const matcher = together([about]);

      expect(outcomeOf(() => matcher.match(bytes.subarray(0, place % bytes.length)))).toBe(
        'refused',
      );
    }),
    { numRuns: 150 },
  );
});

test('a byte order mark is no JSON', () => {
  expect(() => together(['{"a":[1]}']).match('\ufeff{"a":1}')).toThrow(EventError);
  expect(() => together(['{"a":[1]}']).match(Buffer.from('\ufeff{"a":1}'))).toThrow(EventError);
});

test('bytes that are no UTF-8 are read as Java reads them', () => {
  const bytes = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from('"}')]);

  expect(together(['{"a":["\ufffd"]}']).match(bytes)).toEqual(['0']);
});
