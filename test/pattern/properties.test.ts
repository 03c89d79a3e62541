import fc from 'fast-check';
import type { Json } from '#core';
import { matches, matchesValue } from '../support/matches';

const key = fc.constantFrom('a', 'b', 'c', 'a.b', 'b.c');
const scalar = fc.oneof(
  fc.constantFrom('', 'x', 'y', 'X', '10.0.0.1', '*'),
  fc.string(),
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);

const { event } = fc.letrec<{ event: { [key: string]: Json }; value: Json }>((tie) => ({
  event: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  value: fc.oneof({ maxDepth: 4 }, scalar, fc.array(tie('value'), { maxLength: 3 }), tie('event')),
}));

// Few values, so that events and patterns meet.
const literal = fc.constantFrom('', 'x', 'X', '10.0.0.1', -1, 0, 1, true, null);
const leaf = fc.array(literal, { minLength: 1, maxLength: 3 });
const pattern = fc.dictionary(key, leaf, { minKeys: 1, maxKeys: 3 });

const asks = (about: Json, given: Json): boolean =>
  matches(JSON.stringify(about), JSON.stringify(given));

test('an event of scalars matches the pattern made of it, and of all of its parts', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'c'), scalar, { minKeys: 1 }), (given) => {
      const entries = Object.entries(given);

      expect(asks(Object.fromEntries(entries.map(([name, value]) => [name, [value]])), given)).toBe(
        true,
      );
      for (const [name, value] of entries) expect(asks({ [name]: [value] }, given)).toBe(true);
    }),
  );
});

test('a parsed event gets the answer of its text', () => {
  fc.assert(
    fc.property(pattern, event, (about, given) => {
      const compiled = JSON.stringify(about);

      expect(matchesValue(compiled, given)).toBe(matches(compiled, JSON.stringify(given)));
    }),
  );
});

test('whatever matches still matches when a leaf accepts more', () => {
  fc.assert(
    fc.property(pattern, event, scalar, (about, given, more) => {
      if (!asks(about, given)) return;
      const wider = Object.entries(about).map(([name, values]) => [name, [...values, more]]);

      expect(asks(Object.fromEntries(wider), given)).toBe(true);
    }),
  );
});

test('whatever matches two fields matches each of them alone', () => {
  fc.assert(
    fc.property(pattern, event, (about, given) => {
      if (!asks(about, given)) return;

      for (const [name, values] of Object.entries(about))
        expect(asks({ [name]: values }, given)).toBe(true);
    }),
  );
});

test('$or is as good as asking for one branch after the other', () => {
  fc.assert(
    fc.property(pattern, pattern, event, (one, other, given) => {
      expect(asks({ $or: [one, other] }, given)).toBe(asks(one, given) || asks(other, given));
    }),
  );
});

test('a field exists or is absent, never both', () => {
  fc.assert(
    fc.property(key, event, (name, given) => {
      expect(asks({ [name]: [{ exists: true }] }, given)).toBe(
        !asks({ [name]: [{ exists: false }] }, given),
      );
    }),
  );
});

test('a wildcard matches what its regular expression matches', () => {
  const glob = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 6 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
  fc.assert(
    fc.property(glob, text, (wildcard, value) => {
      fc.pre(!wildcard.includes('**'));
      const expected = new RegExp(`^${wildcard.replaceAll('*', '.*')}$`).test(value);

      expect(asks({ a: [{ wildcard }] }, { a: value })).toBe(expected);
    }),
  );
});

test('numbers compare as JavaScript compares them', () => {
  const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
  fc.assert(
    fc.property(number, number, (bound, value) => {
      expect(asks({ a: [{ numeric: ['<', bound] }] }, { a: value })).toBe(value < bound);
      expect(asks({ a: [bound] }, { a: value })).toBe(value === bound);
    }),
  );
});
