import fc from 'fast-check';
import { chosen, inOrder, reversed } from '../../../src/cli/deploy/order';

const stack = (id: string, ...after: readonly string[]) => ({ id, after });

const PLATFORM = [
  stack('log-archive'),
  stack('management', 'log-archive', 'security', 'member-111111111111'),
  stack('member-111111111111', 'security'),
  stack('member-444444444444', 'security'),
  stack('security', 'log-archive'),
];

const ids = (stacks: readonly { readonly id: string }[]) => stacks.map(({ id }) => id);

test('archive and bus come first, the management stack once the management account forwards', () => {
  expect(ids(inOrder(PLATFORM))).toEqual([
    'log-archive',
    'security',
    'member-111111111111',
    'management',
    'member-444444444444',
  ]);
});

test('removal goes the other way: the archive last', () => {
  expect(ids(inOrder(reversed(PLATFORM)))).toEqual([
    'management',
    'member-111111111111',
    'member-444444444444',
    'security',
    'log-archive',
  ]);
});

test('a stack that is chosen alone waits for none that is not', () => {
  expect(ids(inOrder(chosen(PLATFORM, ['member-*'])))).toEqual([
    'member-111111111111',
    'member-444444444444',
  ]);
});

test('a name that no stack has is refused with the nearest one', () => {
  expect(() => chosen(PLATFORM, ['securty'])).toThrow(
    'no stack is called securty; did you mean security?',
  );
});

test('the characters of a name are not those of a regular expression', () => {
  expect(() => chosen(PLATFORM, ['s.curity'])).toThrow('no stack is called s.curity');
  expect(ids(chosen(PLATFORM, ['*444*']))).toEqual(['member-444444444444']);
});

test('stacks that wait for each other are refused by name', () => {
  expect(() => inOrder([stack('a', 'b'), stack('b', 'a'), stack('c')])).toThrow(
    'stacks wait for each other: a, b',
  );
});

const graph = fc
  .array(fc.array(fc.nat({ max: 30 }), { maxLength: 4 }), { minLength: 1, maxLength: 12 })
  .map((edges) =>
    edges.map((before, i) =>
      stack(`s${i}`, ...new Set(before.filter((one) => one < i).map((one) => `s${one}`))),
    ),
  );

test('whatever the graph, every stack comes once, after all it waits for', () => {
  fc.assert(
    fc.property(graph, (stacks) => {
      const order = ids(inOrder(stacks));

      expect(order.toSorted()).toEqual(ids(stacks).toSorted());
      for (const { id, after } of stacks)
        for (const before of after) expect(order.indexOf(before)).toBeLessThan(order.indexOf(id));
    }),
  );
});
