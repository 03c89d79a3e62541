import { writeFileSync } from 'node:fs';
import { inNewFolder, parapet } from '../terminal';

const EVENT = {
  ...{ version: '0', id: '1', account: '444444444444', region: 'eu-west-1', resources: [] },
  ...{ source: 'aws.s3', time: '2026-11-21T10:00:00Z' },
  'detail-type': 'AWS API Call via CloudTrail',
  detail: { eventSource: 's3.amazonaws.com', eventName: 'PutBucketAcl' },
};

const asked = (pattern: string, event: unknown = EVENT, ...more: readonly string[]) =>
  inNewFolder(() => {
    writeFileSync('pattern.json', pattern);
    writeFileSync('event.json', typeof event === 'string' ? event : JSON.stringify(event));
    return parapet([
      ...['patterns', 'test', '--pattern', 'pattern.json', '--event', 'event.json'],
      ...more,
    ]);
  });

test('a pattern that matches answers so and exits with 0', async () => {
  expect(await asked('{"source":["aws.s3"]}')).toEqual({
    ...{ code: 0, stdout: '{"Result": true}\n', stderr: '' },
  });
});

test('a pattern that does not match answers so and exits with 1', async () => {
  expect(await asked('{"source":["aws.iam"]}')).toEqual({
    ...{ code: 1, stdout: '{"Result": false}\n', stderr: '' },
  });
});

test('with --json the answer is data', async () => {
  const { code, stdout } = await asked('{"source":["aws.s3"]}', EVENT, '--json');

  expect([code, JSON.parse(stdout)]).toEqual([0, { Result: true }]);
});

test('a pattern that the service refuses is refused in its words, with line and column', async () => {
  const { code, stdout, stderr } = await asked('{"source": "aws.s3"}');

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toBe(
    'error: InvalidEventPatternException: Event pattern is not valid. Reason: "source" must be an object or an array\n' +
      ' at [Source: (String)"{"source": "aws.s3"}"; line: 1, column: 13]\n',
  );
});

test('what is wrong with an address has no place', async () => {
  const { stderr } = await asked('{"detail":{"sourceIPAddress":[{"cidr":"10.0.0.0/32"}]}}');

  expect(stderr).toBe(
    'error: InvalidEventPatternException: Event pattern is not valid. Reason: IPv4 mask bits must be < 32\n',
  );
});

test.each<readonly [string, string]>([
  ['that is not JSON', '{'],
  ['that is no object', '[]'],
  ['with text behind it', `${JSON.stringify(EVENT)} x`],
  ...['id', 'account', 'source', 'time', 'region', 'detail-type'].map(
    (key) => [`without ${key}`, JSON.stringify({ ...EVENT, [key]: undefined })] as const,
  ),
])('an event %s is not valid', async (_, event) => {
  expect(await asked('{"source":["aws.s3"]}', event)).toEqual({
    ...{ code: 2, stdout: '' },
    stderr: 'error: ValidationException: Parameter Event is not valid.\n',
  });
});

test('an event needs no version, no resources and no detail', async () => {
  const { version, resources, detail, ...needed } = EVENT;

  expect((await asked('{"source":["aws.s3"]}', needed)).code).toBe(0);
});

test('with --json a refusal is data too', async () => {
  const { code, stdout } = await asked('{}', EVENT, '--json');

  expect([code, JSON.parse(stdout)]).toEqual([
    2,
    {
      error: {
        code: 'InvalidEventPatternException',
        message: expect.stringMatching(
          /^Event pattern is not valid\. Reason: Empty objects are not allowed\n at \[Source: \(String\)"\{\}"; line: 1, column: /,
        ),
      },
    },
  ]);
});

test('the text of numbers counts, and keys that stand twice', async () => {
  const text = JSON.stringify(EVENT);
  const event = `${text.slice(0, -1)},"detail":{"size":9007199254740993,"size":1}}`;

  expect((await asked('{"detail":{"size":[9007199254740993]}}', event)).code).toBe(0);
  expect((await asked('{"detail":{"size":[9007199254740992]}}', event)).code).toBe(1);
});

describe('standard input', () => {
  const readStdin = () => '{"source":["aws.s3"]}';

  test('is read for -', async () => {
    const ran = await inNewFolder(() => {
      writeFileSync('event.json', JSON.stringify(EVENT));
      const argv = ['patterns', 'test', '--pattern', '-', '--event', 'event.json'];
      return parapet(argv, { readStdin });
    });

    expect(ran).toEqual({ code: 0, stdout: '{"Result": true}\n', stderr: '' });
  });

  test('cannot be both', async () => {
    const { code, stderr } = await parapet(['patterns', 'test', '--pattern', '-', '--event', '-'], {
      readStdin,
    });

    expect(code).toBe(2);
    expect(stderr).toContain('only one of --pattern and --event can be standard input');
  });
});

test('a file that cannot be read is the user’s mistake', async () => {
  const { code, stderr } = await parapet([
    ...['patterns', 'test', '--pattern', '/nowhere/p.json', '--event', '/nowhere/e.json'],
  ]);

  expect(code).toBe(2);
  expect(stderr).toContain('/nowhere/p.json cannot be read');
});
