import type { Json } from '#core';
import { parsePattern } from '#pattern';
import { HOSTILE, nanosecondsPerByte } from '../../bench/pattern-hostile';
import { matches, matchesValue } from '../support/matches';

// Generous, for slow and busy machines: what these tests catch takes minutes or does not end.
const MILLISECONDS = 5_000;

const TWO_FIELDS = '{"a":{"b":[1],"c":[2]}}';
const list = (length: number, element: string): string => `[${Array(length).fill(element).join()}]`;
const nested = (depth: number, open: string, inner: string, close: string): string =>
  open.repeat(depth) + inner + close.repeat(depth);

test.each([
  ['20,000 elements, none with both', TWO_FIELDS, `{"a":${list(20_000, '{"b":1,"c":3}')}}`],
  [
    'three independent arrays of 5,000 elements, then nothing',
    '{"a":{"b":[1]},"c":{"b":[1]},"d":{"b":[1]},"z":[1]}',
    `{"a":${list(5_000, '{"b":1}')},"c":${list(5_000, '{"b":1}')},"d":${list(5_000, '{"b":1}')}}`,
  ],
  [
    'arrays in elements of arrays',
    '{"a":{"b":{"c":[1],"d":[2]},"e":[3]}}',
    `{"a":${list(200, `{"e":1,"b":${list(100, '{"c":1,"d":2}')}}`)}}`,
  ],
  [
    '10,000 elements, 900 arrays deep',
    TWO_FIELDS,
    `{"a":${nested(900, '[', list(10_000, '{"b":1,"c":3}'), ']')}}`,
  ],
  ['objects 999 deep that nobody asks for', '{"z":[1]}', nested(999, '{"a":', '1', '}')],
  ['a string of 1 MB', '{"a":[{"suffix":"x"},{"cidr":"::/0"}]}', `{"a":"${'0:'.repeat(500_000)}"}`],
  [
    'a wildcard that almost fits',
    '{"a":[{"wildcard":"*aaaa*b*c"}]}',
    `{"a":"${'a'.repeat(1_000_000)}"}`,
  ],
  ['a number of 250,000 digits', '{"a":[{"numeric":["=",1]}]}', `{"a":1${'0'.repeat(250_000)}1}`],
  ['nothing but escapes', '{"a":["x"]}', `{"a":"${'\\"'.repeat(250_000)}"}`],
])('%s', (_name, pattern, event) => {
  const start = performance.now();

  expect(matches(pattern, event)).toBe(false);
  expect(performance.now() - start).toBeLessThan(MILLISECONDS);
});

test.each(HOSTILE.map((one) => [one.name, one] as const))(
  'sixteen times as many bytes take about sixteen times as long: %s',
  (_name, hostile) => {
    const short = nanosecondsPerByte(hostile, 32_768);

    // Sixteen times as long per byte is what the square of the size would take.
    expect(nanosecondsPerByte(hostile, 16 * 32_768) / short).toBeLessThan(6);
  },
);

test('a pattern and an event 990 deep match', () => {
  const pattern = parsePattern(nested(990, '{"a":', '[1]', '}'));

  expect(matches(pattern, nested(990, '{"a":', '1', '}'))).toBe(true);
});

test('a text deeper than 1,000 is refused, as Jackson refuses it', () => {
  expect(() => matches('{"a":[1]}', nested(1_001, '{"a":', '1', '}'))).toThrow('1000');
  expect(() => parsePattern(nested(1_001, '{"a":', '1', '}'))).toThrow('1000');
});

test('a parsed event may be deeper than the stack', () => {
  let event: Json = { b: 1 };
  for (let depth = 0; depth < 200_000; depth += 1) event = [event];

  expect(matchesValue('{"a":{"b":[1]}}', { a: event })).toBe(true);
});
