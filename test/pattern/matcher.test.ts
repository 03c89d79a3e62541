import { compile, EventError, parsePattern, validateEvent } from '#pattern';

const ENVELOPE = {
  ...{ id: '1', account: '111111111111', source: 'aws.s3', time: '2026-01-01T00:00:00Z' },
  ...{ region: 'us-east-1', 'detail-type': 'x' },
};

test('names come sorted and once, whatever the order of the rules', () => {
  const matcher = compile([
    { name: 'b', pattern: '{"a":[1]}' },
    { name: 'B', pattern: '{"a":[1,2]}' },
    { name: 'a', pattern: parsePattern('{"a":[{"exists":true}]}') },
    { name: 'b', pattern: '{"a":[2]}' },
    { name: 'c', pattern: '{"a":[3]}' },
  ]);

  expect(matcher.match('{"a":1}')).toEqual(['B', 'a', 'b']);
  expect(matcher.match('{"a":[1,2]}')).toEqual(['B', 'a', 'b']);
  expect(matcher.match('{"a":2}')).toEqual(['B', 'a', 'b']);
  expect(matcher.matchValue({ a: 3 })).toEqual(['a', 'c']);
  expect(matcher.match('{}')).toEqual([]);
});

test('what JSON has no word for is absent from a parsed event, or null in a list', () => {
  const matcher = compile([
    { name: 'absent', pattern: '{"a":[{"exists":false}]}' },
    { name: 'null', pattern: '{"a":[null]}' },
    { name: 'large', pattern: '{"a":[9007199254740993]}' },
  ]);

  expect(matcher.matchValue({ a: undefined })).toEqual(['absent']);
  expect(matcher.matchValue({ a: [undefined] })).toEqual(['null']);
  expect(matcher.matchValue({ a: 9_007_199_254_740_993n })).toEqual(['large']);
});

test('no rules match nothing, and still want a JSON object', () => {
  expect(compile([]).match('{"a":1}')).toEqual([]);
  expect(() => compile([]).match('[]')).toThrow(EventError);
});

test('a rule that asks for keys without a name does not make others see them', () => {
  const alone = compile([{ name: 'dot', pattern: '{"a.":[1]}' }]);
  const both = compile([
    { name: 'dot', pattern: '{"a.":[1]}' },
    { name: 'empty', pattern: '{".a":[1]}' },
  ]);

  expect(alone.match('{"a":{"":1}}')).toEqual([]);
  expect(both.match('{"a":{"":1}}')).toEqual([]);
  expect(both.match('{"a.":1,".a":1}')).toEqual(['dot', 'empty']);
});

test('a wildcard with a star in front leaves the other entries of its leaf alone', () => {
  const matcher = compile([
    { name: 'one', pattern: '{"a":[{"wildcard":"*b*"},{"equals-ignore-case":"a"}]}' },
    { name: 'other', pattern: '{"a":[{"equals-ignore-case":"a"}]}' },
  ]);

  expect(matcher.match('{"a":"zzza"}')).toEqual([]);
  expect(matcher.match('{"a":"A"}')).toEqual(['one', 'other']);
});

test('1,000 rules of one path are told apart, seen for the first time or again', () => {
  const matcher = compile(
    Array.from({ length: 1_000 }, (_, index) => ({
      name: String(index).padStart(3, '0'),
      pattern: `{"a":["v${index}",{"prefix":"p${index}-"}]}`,
    })),
  );

  for (const _ of [1, 2, 3]) {
    expect(matcher.match('{"a":"v7"}')).toEqual(['007']);
    expect(matcher.match('{"a":["v8","p999-x"]}')).toEqual(['008', '999']);
    expect(matcher.match('{"a":"v1000"}')).toEqual([]);
  }
});

test('more different keys and values than a matcher remembers are still told apart', () => {
  const matcher = compile([
    { name: 'key', pattern: '{"a":{"k4999":["v"]}}' },
    { name: 'value', pattern: '{"b":["w4999"]}' },
  ]);
  const event = (index: number) => `{"a":{"k${index}":"v"},"b":"w${index}"}`;

  for (let index = 0; index < 4_999; index += 1)
    for (const _ of [1, 2]) expect(matcher.match(event(index))).toEqual([]);
  expect(matcher.match(event(4_999))).toEqual(['key', 'value']);
});

test('an event longer than all before it finds room', () => {
  const matcher = compile([{ name: 'rule', pattern: '{"a":["x"]}' }]);

  expect(matcher.match('{"a":"x"}')).toEqual(['rule']);
  expect(matcher.match(`{"b":"${'é'.repeat(1_000_000)}","a":"x"}`)).toEqual(['rule']);
  expect(matcher.match('{"a":"x"}')).toEqual(['rule']);
});

test('what follows the closing brace is ignored, what stands before it is not', () => {
  const matcher = compile([{ name: 'rule', pattern: '{"a":[1]}' }]);

  expect(matcher.match('{"a":1} ]nonsense')).toEqual(['rule']);
  expect(() => matcher.match('{"a":1,"b":tru}')).toThrow('at byte 11');
});

test('a refused event leaves nothing behind', () => {
  const matcher = compile([{ name: 'rule', pattern: '{"a":[{"exists":false}]}' }]);

  expect(() => matcher.match('{"a":[{"a":1},{"a":')).toThrow(EventError);
  expect(matcher.match('{"b":1}')).toEqual(['rule']);
});

test('keys repeated over arrays are searched to an end, or refused', () => {
  const list = (element: string) => `[${Array(3_000).fill(element).join()}]`;
  const matcher = compile([{ name: 'rule', pattern: '{"a":{"b":[1],"c":[2],"d":[3]}}' }]);
  const hostile = `{"a":[${list('{"b":1}').slice(1, -1)},{"d":3}],"a":${list('{"c":2}')}}`;

  expect(() => matcher.match(hostile)).toThrow('repeats keys');
  expect(matcher.match('{"a":[{"b":1},{"d":3}],"a":[{"c":2}]}')).toEqual([]);
  expect(matcher.match('{"a":[{"b":1,"d":3}],"a":[{"c":2}]}')).toEqual(['rule']);
});

test.each([...Object.keys(ENVELOPE)])('an event without %s is not valid', (field) => {
  const { [field as keyof typeof ENVELOPE]: _, ...rest } = ENVELOPE;

  expect(() => validateEvent(JSON.stringify(ENVELOPE))).not.toThrow();
  expect(() => validateEvent(JSON.stringify(rest))).toThrow('Parameter Event is not valid.');
});

test.each([
  ['text behind it', `${JSON.stringify(ENVELOPE)} x`],
  ['no object', '[]'],
  ['no JSON', '{"id":'],
  ['bytes that are no UTF-8', Buffer.from('{"id":"\xff"}', 'latin1')],
  ['more than 1,000 levels', `{"a":${'['.repeat(1_000)}${']'.repeat(1_000)}}`],
])('an event with %s is not valid', (_name, event) => {
  expect(() => validateEvent(event)).toThrow('Parameter Event is not valid.');
});
