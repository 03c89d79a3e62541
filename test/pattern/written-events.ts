import fc from 'fast-check';

/** Keys and values as patterns ask for them, so that patterns and events meet. */
const KEYS = ['a', 'b', 'c', 'a.b', 'b.c', 'a-b', '', '.a', 'a.', 'b..c', 'é', '__proto__'];
const STRINGS = [
  ...['', 'x', 'X', 'xy', 'yx', 'x*y', 'x\\y', 'ß', 'SS', 'é', '😀', '"', '\n', '1', 'true'],
  ...['10.0.0.1', '010.0.0.01', '10.0.0.256', '0a00:0000::1', '::ffff:0a00:0001', '::1', '1::2::3'],
];
const NUMBERS = [
  ...['0', '-0', '0e5', '1', '1.0', '10e-1', '-1', '2.5', '300', '3.0e2', '1e400', '1e-400'],
  ...['9007199254740993', '9007199254740992', '10000001', '12345678901234567890123'],
];

const key = fc.constantFrom(...KEYS);
const string = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...STRINGS) },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
);
const number = fc.constantFrom(...NUMBERS);

/** One of the ways to write a string: as it is, or its first character as an escape. */
const written = (text: string, isEscaped: boolean): string => {
  if (!isEscaped || text === '') return JSON.stringify(text);
  const unit = text.charCodeAt(0).toString(16).padStart(4, '0');
  return `"\\u${unit}${JSON.stringify(text.slice(1)).slice(1)}`;
};
const writtenString = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(string, fc.boolean()).map(([text, is]) => written(text, is)) },
  { weight: 1, arbitrary: fc.constantFrom('"\\ud800"', '"\ud800"', '"\\/"', '"\\uD83D\\uDE00"') },
);
const writtenKey = fc.tuple(key, fc.boolean()).map(([text, isEscaped]) => written(text, isEscaped));
const scalar = fc.oneof(
  writtenString,
  { weight: 2, arbitrary: number },
  { weight: 1, arbitrary: fc.constantFrom('true', 'false', 'null') },
);
const space = fc.constantFrom('', '', '', ' ', '\n\t');

/** The text of an event: keys may occur twice, and all is written in one of many ways. */
export const { event } = fc.letrec<{ event: string; value: string; list: string }>((tie) => ({
  event: fc
    .array(fc.tuple(space, writtenKey, space, tie('value')), { maxLength: 4 })
    .map((members) => `{${members.map(([s, k, t, v]) => `${s}${k}${t}:${v}${s}`).join()}}`),
  value: fc.oneof({ maxDepth: 4 }, scalar, tie('list'), tie('event')),
  list: fc
    .array(fc.tuple(space, tie('value')), { maxLength: 4 })
    .map((of) => `[${of.map((one) => one.join('')).join()}]`),
}));

const text = string.map((one) => JSON.stringify(one));
const wildcard = string
  .filter((one) => !one.includes('\\'))
  .map((one) => JSON.stringify(one.replaceAll('x', '*').replaceAll('**', '*')));
const numbers = fc
  .tuple(fc.constantFrom('=', '<', '<=', '>', '>='), fc.constantFrom('0', '1', '2.5', '300'))
  .map(([operator, bound]) => `["${operator}",${bound}]`);
const cidr = fc.constantFrom('"10.0.0.0/24"', '"0.0.0.0/0"', '"::/0"', '"16.0.0.0/4"', '"::1/127"');
const affix = fc.oneof(
  text,
  text.map((one) => `{"equals-ignore-case":${one}}`),
);
const condition = fc.oneof(
  { weight: 6, arbitrary: scalar },
  ...[
    { name: 'exactly', operand: text },
    { name: 'prefix', operand: affix },
    { name: 'suffix', operand: affix },
    { name: 'equals-ignore-case', operand: text },
    { name: 'wildcard', operand: wildcard },
    { name: 'numeric', operand: numbers },
    { name: 'cidr', operand: cidr },
    { name: 'exists', operand: fc.constantFrom('true', 'false') },
    { name: 'anything-but', operand: fc.oneof(text, number) },
    { name: 'anything-but', operand: fc.array(text, { minLength: 1 }).map((all) => `[${all}]`) },
    ...['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].map((name) => ({
      name: 'anything-but',
      operand: (name === 'wildcard' ? wildcard : text).map((one) => `{"${name}":${one}}`),
    })),
  ].map(({ name, operand }) => operand.map((one) => `{"${name}":${one}}`)),
);
const leaf = fc.array(condition, { minLength: 1, maxLength: 3 }).map((of) => `[${of.join()}]`);

/** The text of a pattern; some are refused. */
export const { pattern } = fc.letrec<{ pattern: string; value: string; either: string }>((tie) => ({
  pattern: fc
    .array(
      fc.oneof(
        { weight: 5, arbitrary: fc.tuple(writtenKey, tie('value')).map((one) => one.join(':')) },
        { weight: 1, arbitrary: tie('either') },
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((members) => `{${members.join()}}`),
  value: fc.oneof({ maxDepth: 3 }, leaf, tie('pattern')),
  either: fc
    .array(tie('pattern'), { minLength: 2, maxLength: 3 })
    .map((of) => `"$or":[${of.join()}]`),
}));

const one = fc.constantFrom('1', '2');
const { list } = fc.letrec<{ element: string; list: string; value: string }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, one, one, tie('list')),
  element: fc
    .array(fc.tuple(fc.constantFrom('b', 'c', 'd', 'e'), tie('value')), { maxLength: 4 })
    .map((members) => `{${members.map(([name, value]) => `"${name}":${value}`).join()}}`),
  list: fc
    .array(fc.oneof({ maxDepth: 3 }, one, tie('element'), tie('element'), tie('list')), {
      maxLength: 4,
    })
    .map((elements) => `[${elements.join()}]`),
}));

/** Arrays of few different values, in which most choices contradict each other. */
export const crowdedEvent = fc
  .array(list, { minLength: 1, maxLength: 2 })
  .map((lists) => `{${lists.map((one) => `"a":${one}`).join()}}`);

const crowdedLeaf = fc.constantFrom('[1]', '[2]', '[{"exists":false}]', '[2,{"exists":false}]');
export const crowdedPattern = fc
  .uniqueArray(fc.constantFrom('a.b', 'a.c', 'a.d', 'a.e', 'a.b.c', 'a.c.b', 'a'), {
    minLength: 2,
    maxLength: 5,
  })
  .chain((paths) => fc.tuple(...paths.map((path) => crowdedLeaf.map((of) => `"${path}":${of}`))))
  .map((fields) => `{${fields.join()}}`);
