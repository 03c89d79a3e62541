import fc from 'fast-check';
import { at, isObject, textAt } from '#core';

test.each([
  [{ a: { b: 'x' } }, ['a', 'b'], 'x'],
  [{ a: null }, ['a'], null],
  [{ a: 1 }, [], { a: 1 }],
  [{ a: null }, ['a', 'b'], undefined],
  [{ a: ['x'] }, ['a', '0'], undefined],
  ['text', ['length'], undefined],
  [undefined, ['a'], undefined],
  [{}, ['__proto__'], undefined],
  [{}, ['constructor', 'name'], undefined],
  [{}, ['toString'], undefined],
  [Object.create({ inherited: 'x' }), ['inherited'], undefined],
  [JSON.parse('{"__proto__":{"a":"own"}}'), ['__proto__', 'a'], 'own'],
])('in %j at %j there is %j', (value, path, found) => {
  expect(at(value, ...path)).toEqual(found);
});

test('a text is a text only', () => {
  expect(textAt({ a: 'x' }, 'a')).toBe('x');
  for (const a of [1, null, true, ['x'], { x: 'x' }]) expect(textAt({ a }, 'a')).toBeUndefined();
});

test('only what JSON calls an object is one', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(isObject(value)).toBe(JSON.stringify(value).startsWith('{'));
    }),
  );
});
