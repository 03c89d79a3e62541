import { EventError, PatternError, parsePattern } from '#pattern';
import { matches, matchesValue } from '../support/matches';

type Row = readonly [trap: string, pattern: string, event: string, expected: boolean];

const NUMBERS: readonly Row[] = [
  ['300 equals 300.0', '{"a":[300]}', '{"a":300.0}', true],
  ['300 equals 3.0e2', '{"a":[300]}', '{"a":3.0e2}', true],
  ['minus zero equals zero', '{"a":[0]}', '{"a":-0}', true],
  ['a number never equals its text', '{"a":[5]}', '{"a":"5"}', false],
  ['a text never equals its number', '{"a":["5"]}', '{"a":5}', false],
  ['a long number equals its own text', '{"a":[9007199254740993]}', '{"a":9007199254740993}', true],
  ['a long number equals no other', '{"a":[9007199254740993]}', '{"a":9007199254740992}', false],
  [
    'a long number compares with none',
    '{"a":[{"numeric":[">",1]}]}',
    '{"a":9007199254740993}',
    false,
  ],
  ['a long number is anything but', '{"a":[{"anything-but":1}]}', '{"a":9007199254740993}', true],
  ['a numeric text is no number', '{"a":[{"numeric":["=",5]}]}', '{"a":"5"}', false],
];

const STRINGS: readonly Row[] = [
  ['an empty prefix means a string', '{"a":[{"prefix":""}]}', '{"a":""}', true],
  ['an empty prefix is no number', '{"a":[{"prefix":""}]}', '{"a":5}', false],
  ['a lone star means a string', '{"a":[{"wildcard":"*"}]}', '{"a":null}', false],
  ['a prefix may end with the closing quote', '{"a":[{"prefix":"abc\\""}]}', '{"a":"abc"}', true],
  ['stars match line ends', '{"a":[{"wildcard":"a*b"}]}', '{"a":"a\\nb"}', true],
  ['pieces of a wildcard do not overlap', '{"a":[{"wildcard":"ab*ba"}]}', '{"a":"aba"}', false],
  ['a star can be escaped', '{"a":[{"wildcard":"a\\\\*"}]}', '{"a":"a*"}', true],
  ['an escaped star is no star', '{"a":[{"wildcard":"a\\\\*"}]}', '{"a":"ab"}', false],
  ['a dotless bracket is literal', '{"a":[{"wildcard":"[a]*"}]}', '{"a":"ab"}', false],
  ['upper case of sharp s', '{"a":[{"equals-ignore-case":"ß"}]}', '{"a":"SS"}', true],
  ['lower case of that does not match', '{"a":[{"equals-ignore-case":"ß"}]}', '{"a":"ss"}', false],
  ['emoji do not match themselves', '{"a":[{"equals-ignore-case":"😀"}]}', '{"a":"😀"}', false],
  ['escapes are read on both sides', '{"a":["\\u0041"]}', '{"\\u0061":"A"}', true],
];

const PRESENCE: readonly Row[] = [
  ['null is present', '{"a":[{"exists":true}]}', '{"a":null}', true],
  ['null equals null', '{"a":[null]}', '{"a":null}', true],
  ['a missing key is not null', '{"a":[null]}', '{}', false],
  ['an empty array is absent', '{"a":[{"exists":false}]}', '{"a":[]}', true],
  ['an object is absent itself', '{"a":[{"exists":false}]}', '{"a":{"b":1}}', true],
  ['anything-but wants the field', '{"a":[{"anything-but":"x"}]}', '{}', false],
  ['anything-but takes null', '{"a":[{"anything-but":"x"}]}', '{"a":null}', true],
  ['anything-but is about any element', '{"a":[{"anything-but":"x"}]}', '{"a":["x","y"]}', true],
  ['a scalar has no child', '{"a":{"b":[{"exists":false}]}}', '{"a":1}', true],
];

const PATHS: readonly Row[] = [
  ['dots are paths in patterns', '{"a.b":[1]}', '{"a":{"b":1}}', true],
  ['dots are paths in events', '{"a":{"b":[1]}}', '{"a.b":1}', true],
  ['a dot at the end is a key', '{"a.":[1]}', '{"a.":1}', true],
  ['a dot at the end is no empty key', '{"a.":[1]}', '{"a":{"":1}}', false],
  ['a dot at the beginning is either', '{".a":[1]}', '{"":{"a":1}}', true],
  ['the last of two leaves wins', '{"a":[1],"a":[2]}', '{"a":1}', false],
  ['objects under one key are merged', '{"a":{"b":[1]},"a":{"c":[2]}}', '{"a":{"c":2}}', false],
  ['both values of an event key count', '{"a":[1]}', '{"a":1,"a":2}', true],
  ['what follows the event is ignored', '{"a":[1]} x', '{"a":1} ]', true],
  ['__proto__ is a key like any other', '{"__proto__":["x"]}', '{"__proto__":"x"}', true],
  ['and nothing is inherited', '{"constructor":[{"exists":true}]}', '{"a":1}', false],
];

const OVERWRITING = '{"a":[1],"$or":[{"a":[2]},{"b":[3]}]}';
const OVERWRITTEN = '{"$or":[{"a":[2]},{"b":[3]}],"a":[1]}';

const OR: readonly Row[] = [
  ['a leaf in $or overwrites the one outside', OVERWRITING, '{"a":2}', true],
  ['only where it is', OVERWRITING, '{"a":1,"b":3}', true],
  ['and not in the other branch', OVERWRITING, '{"a":9,"b":3}', false],
  ['a later leaf outside overwrites $or', OVERWRITTEN, '{"a":2}', false],
  ['a later leaf outside is all that counts', OVERWRITTEN, '{"a":1}', true],
];

const TWO = '{"a":{"b":[1],"c":[2]}}';

const ARRAYS: readonly Row[] = [
  ['one element has both', '{"a":{"b":[1],"c":[2]}}', '{"a":[{"b":1},{"c":2}]}', false],
  ['the right element need not be first', TWO, '{"a":[{"c":2},{"b":1,"c":3},{"b":1,"c":2}]}', true],
  ['nor the right element in it', TWO, '{"a":[{"c":2},[{"b":1},{"c":2}],{"b":1}]}', false],
  ['arrays of arrays are crushed', '{"a":[1]}', '{"a":[[0],[[1]]]}', true],
  ['scalars stand outside', '{"a":[1],"a.b":[2]}', '{"a":[1,{"b":2}]}', true],
  [
    'exists:false heeds the order of paths',
    '{"a":{"b":[1],"c":[{"exists":false}]}}',
    '{"a":[{"b":1},{"c":2}]}',
    true,
  ],
  [
    'exists:false before any choice sees all',
    '{"a":{"b":[{"exists":false}],"c":[2]}}',
    '{"a":[{"b":1},{"c":2}]}',
    false,
  ],
  [
    'different arrays are independent',
    '{"a":{"x":[1]},"b":{"x":[2]}}',
    '{"a":[{"x":0},{"x":1}],"b":[{"x":2}]}',
    true,
  ],
];

const ADDRESSES: readonly Row[] = [
  ['spellings of one address are equal', '{"a":["10.0.0.1"]}', '{"a":"010.0.0.01"}', true],
  ['exactly knows no addresses', '{"a":[{"exactly":"10.0.0.1"}]}', '{"a":"010.0.0.1"}', false],
  ['mapped addresses are IPv4', '{"a":["10.0.0.1"]}', '{"a":"::ffff:0a00:0001"}', true],
  ['their dotted form is none', '{"a":["10.0.0.1"]}', '{"a":"::ffff:10.0.0.1"}', false],
  ['host bits are dropped', '{"a":[{"cidr":"10.0.0.7/24"}]}', '{"a":"10.0.0.1"}', true],
  [
    'IPv4 and IPv6 share their digits',
    '{"a":[{"cidr":"10.0.0.0/24"}]}',
    '{"a":"0a00:0000::1"}',
    true,
  ],
  ['numbers are hexadecimal digits', '{"a":[{"cidr":"16.0.0.0/4"}]}', '{"a":10000001}', true],
  ['unless numbers are compared', '{"a":[{"cidr":"16.0.0.0/4"},7]}', '{"a":10000001}', false],
  ['octets end at 255', '{"a":[{"cidr":"10.0.0.0/8"}]}', '{"a":"10.0.0.256"}', false],
];

describe.each([
  ['numbers', NUMBERS],
  ['strings', STRINGS],
  ['presence', PRESENCE],
  ['paths', PATHS],
  ['$or', OR],
  ['arrays', ARRAYS],
  ['addresses', ADDRESSES],
])('%s', (_name, rows) => {
  test.each(rows)('%s: %s on %s is %p', (_trap, pattern, event, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });
});

test.each([
  ['{"a":[{"cidr":"10.0.0.1/32"}]}', 'IPv4 mask bits must be < 32', undefined],
  ['{"a":[{"wildcard":"é**"}]}', 'Consecutive wildcard characters at pos 3', 24],
  ['{"a":[{"numeric":[">=",1,"<=",1]}]}', 'Bottom must be less than top', 33],
  ['{"a":[{"anything-but":{"prefix":[]}}]}', 'Empty arrays are not allowed', 35],
  ['{"a":[{"constructor":"x"}]}', 'Unrecognized match type constructor', 23],
  ['{"a":[{"anything-but":{"toString":"x"}}]}', 'Unsupported anything-but pattern: toString', 36],
])('%s is refused: %s', (pattern, message, column) => {
  const refused = errorOf(() => parsePattern(pattern));

  expect(refused).toBeInstanceOf(PatternError);
  expect(refused).toMatchObject({ message, ...(column === undefined ? {} : { line: 1, column }) });
});

test('a place in a pattern counts lines as well', () => {
  expect(errorOf(() => parsePattern('{\n  "a": [\n  ]\r\n}'))).toMatchObject({
    line: 3,
    column: 4,
  });
});

test('over 1,000 alternatives are refused before they fill the memory', () => {
  const either = '"$or":[{"a":[1]},{"b":[2]}]';

  expect(() => parsePattern(`{${Array(40).fill(either).join()}}`)).toThrow('over 1000');
});

test('more than 256 fields are refused', () => {
  const fields = Array.from({ length: 257 }, (_, i) => `"f${i}":[1]`);

  expect(() => parsePattern(`{${fields.join()}}`)).toThrow('exceeds max value of 256');
});

test.each(['', 'null', '[]', '"x"', '{"a":1', '{"a":01}', "{'a':1}", '{"a":"\u0001"}'])(
  'the event %j is no JSON object',
  (event) => {
    expect(() => matches('{"a":[1]}', event)).toThrow(EventError);
  },
);

test('a parsed event has to be an object too', () => {
  expect(() => matchesValue('{"a":[1]}', [])).toThrow(EventError);
});

function errorOf(attempt: () => unknown): unknown {
  try {
    return attempt();
  } catch (error) {
    return error;
  }
}
