import fc from 'fast-check';
import { items } from '../../src/replay/items';

/** The objects of a text that comes in pieces of so many bytes. */
function objectsIn(text: string, piece = 1_000_000): readonly string[] {
  const found: string[] = [];
  const cut = items((object) => found.push(object.toString()));
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += piece) cut.push(bytes.subarray(at, at + piece));
  cut.end();
  return found;
}

test.each([
  ['an object alone', '{"a":1}', ['{"a":1}']],
  ['objects by line', '{"a":1}\n{"b":[2]}\n', ['{"a":1}', '{"b":[2]}']],
  ['a list', ' [ {"a":1} , {"b":{"c":2}} ] ', ['{"a":1}', '{"b":{"c":2}}']],
  ['the Records of a log file', '{"Records":[{"a":1},{"b":2}]}', ['{"a":1}', '{"b":2}']],
  ['the Events of an answer', '{"NextToken":"x","Events":[{"a":1}],"y":{}}', ['{"a":1}']],
  ['a log file without events', '{"Records":[]}', []],
  ['lists of other names', '{"a":[{"b":1}]}', ['{"a":[{"b":1}]}']],
  ['a list named so further in', '{"a":{"Records":[{}]}}', ['{"a":{"Records":[{}]}}']],
  ['a text named so', '{"a":"Records","b":[{}]}', ['{"a":"Records","b":[{}]}']],
  ['brackets in texts', '[{"a":"}]\\"{"},{"b":"\\\\"}]', ['{"a":"}]\\"{"}', '{"b":"\\\\"}']],
  ['log files one after the other', '{"Records":[{}]}{"Records":[{"a":1}]}', ['{}', '{"a":1}']],
])('%s is cut into its objects, whatever the pieces', (_name, text, objects) => {
  for (const piece of [1, 2, 3, 7, 1000]) expect(objectsIn(text, piece)).toEqual(objects);
});

test('the objects of any list are those that JSON.parse finds', () => {
  fc.assert(
    fc.property(fc.array(fc.object()), fc.integer({ min: 1, max: 50 }), (objects, piece) => {
      const texts = objects.map((one) => JSON.stringify(one));

      expect(objectsIn(`{"Records":[${texts.join()}]}`, piece)).toEqual(texts);
      expect(objectsIn(`[${texts.join()}]`, piece)).toEqual(texts);
    }),
  );
});

test.each([
  ['nothing', '', 'it is empty'],
  ['blanks', ' \n', 'it is empty'],
  ['half an object', '{"a":', 'it is cut short'],
  ['half a log file', '{"Records":[{"a":1},', 'it is cut short'],
  ['no JSON', 'hello', 'it is not JSON, or holds something other than objects'],
  ['a list of numbers', '[1]', 'it is not JSON, or holds something other than objects'],
  ['the wrong bracket', '[{}}', 'it is not JSON, or holds something other than objects'],
])('%s is refused', (_name, text, reason) => {
  expect(() => objectsIn(text)).toThrow(reason);
});

test('an object without an end is refused before it fills the memory', () => {
  const cut = items(() => undefined);
  const piece = Buffer.alloc(1_048_576, '"');
  cut.push(Buffer.from('{'));

  expect(() => {
    for (let pieces = 0; pieces < 20; pieces++) cut.push(piece);
  }).toThrow('an object of more than 16 MB');
});
