import { compile } from '#pattern';

const list = (count: number, ...elements: readonly string[]): string =>
  `[${Array.from({ length: Math.max(1, Math.round(count / elements.join().length)) }, () => elements.join()).join()}]`;
const numbered = (bytes: number, of: (index: number) => string): string =>
  Array.from({ length: Math.round(bytes / of(1_000).length) }, (_, index) => of(index)).join();

interface Hostile {
  readonly name: string;
  readonly pattern: string;
  /** About so many bytes of event. */
  event(bytes: number): string;
}

const BOTH = '{"a":{"b":[1],"c":[2]}}';

/** Events made to be slow. */
export const HOSTILE: readonly Hostile[] = [
  {
    name: 'a long string under a wildcard of many stars',
    pattern: '{"a":[{"wildcard":"*a*b*c*d*e*f"}]}',
    event: (bytes) => `{"a":"${'abcde'.repeat(bytes / 5)}"}`,
  },
  {
    name: 'nothing but escapes',
    pattern: '{"a":["x"]}',
    event: (bytes) => `{"a":"${'\\"'.repeat(bytes / 2)}"}`,
  },
  {
    name: 'keys that are all different',
    pattern: '{"a":{"b":["x"]}}',
    event: (bytes) => `{"a":{${numbered(bytes, (index) => `"key${index}":1`)}}}`,
  },
  {
    name: 'values that are all different',
    pattern: '{"a":[{"anything-but":{"suffix":["0","1"]}}]}',
    event: (bytes) => `{"a":[${numbered(bytes, (index) => `"value 0${index}0"`)}]}`,
  },
  {
    name: 'elements of which none has both values',
    pattern: BOTH,
    event: (bytes) => `{"a":${list(bytes, '{"b":1,"c":3}', '{"b":0,"c":2}')}}`,
  },
  {
    name: 'three arrays, the last in contradiction',
    pattern: '{"a":{"b":[1]},"c":{"b":[1]},"d":{"b":[1],"e":[2]}}',
    event: (bytes) =>
      `{"a":${list(bytes / 3, '{"b":1}')},"c":${list(bytes / 3, '{"b":1}')},"d":${list(bytes / 3, '{"b":1}', '{"e":2}')}}`,
  },
  {
    name: 'the same, 500 arrays deep',
    pattern: BOTH,
    event: (bytes) =>
      `{"a":${'['.repeat(500)}${list(bytes, '{"b":1}', '{"c":2}')}${',{"b":3}]'.repeat(500)}}`,
  },
  {
    name: 'objects 999 deep, again and again',
    pattern: '{"z":[1]}',
    event: (bytes) =>
      `{${numbered(bytes, (index) => `"k${index}":${'{"a":'.repeat(998)}1${'}'.repeat(998)}`)}}`,
  },
];

/** Processor time in nanoseconds per byte of event, the best of three. */
export function nanosecondsPerByte({ pattern, event }: Hostile, bytes: number): number {
  const matcher = compile([{ name: 'rule', pattern }]);
  const given = Buffer.from(event(bytes));
  const times = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    matcher.match(given);
    const { user, system } = process.cpuUsage(before);
    return ((user + system) * 1_000) / given.length;
  });
  return Math.min(...times);
}
