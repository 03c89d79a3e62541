import fc from 'fast-check';
import type { Json, JsonObject } from '#core';
import { publicStatements, withStatements } from '#core/policy-document';

const get = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const namesOf = (statement: Json) =>
  publicStatements(JSON.stringify({ Statement: statement })).map(({ name }) => name);

describe('a statement admits everyone', () => {
  // The first two are the examples of "The meaning of public" in the S3 user guide.
  test.each([
    ['a public identity provider', { ...get, Principal: { Federated: 'graph.facebook.com' } }],
    ['*', { ...get, Principal: '*' }],
    ['an AWS principal of *', { ...get, Principal: { AWS: '*' } }],
    ['* among others', { ...get, Principal: { AWS: ['arn:aws:iam::444444444444:root', '*'] } }],
    ['all but the named', { ...get, NotPrincipal: { AWS: '444444444444' } }],
    [
      '* with an open condition',
      { ...get, Principal: '*', Condition: { StringLike: { 'aws:SourceVpc': 'vpc-*' } } },
    ],
  ])('whose principal is %s', (_, statement) => {
    expect(namesOf([statement])).toEqual(['#1']);
    expect(namesOf(statement)).toEqual(['#1']);
  });
});

describe('a statement does not admit everyone', () => {
  test.each([
    ['that denies', { ...get, Effect: 'Deny', Principal: '*' }],
    ['for one account', { ...get, Principal: { AWS: '444444444444' } }],
    ['for a service', { ...get, Principal: { Service: 'cloudtrail.amazonaws.com' } }],
    ['for a canonical user', { ...get, Principal: { CanonicalUser: 'f00d' } }],
    [
      'for an account’s own identity provider',
      { ...get, Principal: { Federated: 'arn:aws:iam::444444444444:saml-provider/example' } },
    ],
    [
      'tied to one VPC, the guide’s example',
      { ...get, Principal: '*', Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-91237329' } } },
    ],
    ['without a principal', get],
    ['that is null', null],
    ['that is a text', 'Allow'],
  ])('%s', (_, statement) => {
    expect(namesOf([statement])).toEqual([]);
  });
});

test('a statement is told by its Sid, or by its place counted from 1', () => {
  const open = { ...get, Principal: '*' };

  expect(
    namesOf([
      { ...open, Sid: 'Website' },
      { ...open, Sid: '' },
      { ...open, Sid: 3 },
    ]),
  ).toEqual(['Website', '#2', '#3']);
});

test.each([
  'not JSON',
  '',
  'null',
  '[]',
  '{}',
  '{"Statement":null}',
  '{"__proto__":{"Statement":{"Effect":"Allow","Principal":"*"}}}',
])('the policy %j has no public statements', (policy) => {
  expect(publicStatements(policy)).toEqual([]);
});

test('a place counts what is no statement too, so that the right one is cut', () => {
  const policy = '{"Statement":[null,"x",{"Effect":"Allow","Principal":"*"},{"Effect":"Deny"}]}';

  const [open] = publicStatements(policy);

  expect(open).toEqual({ index: 2, name: '#3' });
  expect(withStatements(policy, { without: [open?.index ?? -1] })).toBe(
    '{"Statement":[null,"x",{"Effect":"Deny"}]}',
  );
});

describe('cutting statements out', () => {
  const policy =
    '{ "Version":"2012-10-17",\n  "Statement": [ {"Sid":"A"} ,\n\t{"Sid":"B"}, {"Sid":"C"} ]\n}';

  test.each([
    [[], policy],
    [[0], '{ "Version":"2012-10-17",\n  "Statement": [ {"Sid":"B"}, {"Sid":"C"} ]\n}'],
    [[1], '{ "Version":"2012-10-17",\n  "Statement": [ {"Sid":"A"}, {"Sid":"C"} ]\n}'],
    [[2], '{ "Version":"2012-10-17",\n  "Statement": [ {"Sid":"A"} ,\n\t{"Sid":"B"} ]\n}'],
    [[0, 2], '{ "Version":"2012-10-17",\n  "Statement": [ {"Sid":"B"} ]\n}'],
    [[0, 1, 2], undefined],
  ])('%j leaves every other byte as it was', (without, left) => {
    expect(withStatements(policy, { without })).toBe(left);
  });

  test('and adding one puts it last', () => {
    expect(withStatements(policy, { without: [0, 1], adding: [{ Sid: 'D' }] })).toBe(
      '{ "Version":"2012-10-17",\n  "Statement": [ {"Sid":"C"},{"Sid":"D"} ]\n}',
    );
    expect(
      withStatements('{"Statement":{"Sid":"A"}}', { without: [], adding: [{ Sid: 'D' }] }),
    ).toBe('{"Statement":[{"Sid":"A"},{"Sid":"D"}]}');
    expect(
      withStatements('{"Statement":{"Sid":"A"}}', { without: [0], adding: [{ Sid: 'D' }] }),
    ).toBe('{"Statement":[{"Sid":"D"}]}');
  });

  test('and there being none any more is no policy', () => {
    expect(withStatements('{"Statement":{"Sid":"A"}}', { without: [0] })).toBeUndefined();
    expect(withStatements('{"Statement":[]}', { without: [] })).toBeUndefined();
  });

  test.each(['not JSON', '{"Version":"2012-10-17"}', '{"Statement":"x","Id":"y"}'])(
    '%j, which has no statements to cut, stays as it is',
    (strange) => {
      expect(withStatements(strange, { without: [] })).toBe(strange);
    },
  );

  test('of a key that is there twice follows JSON, where the last one counts', () => {
    const twice = '{"Statement":[{"Sid":"A"}],"Statement":[{"Sid":"B"},{"Sid":"C"}]}';

    expect(withStatements(twice, { without: [0] })).toBe(
      '{"Statement":[{"Sid":"A"}],"Statement":[{"Sid":"C"}]}',
    );
  });
});

describe('whatever the formatting', () => {
  const space = fc.stringMatching(/^[ \n\t\r]{0,3}$/);
  const text = fc.string({ unit: 'binary', maxLength: 8 });
  const statement = fc.record(
    {
      Sid: text,
      Effect: fc.constantFrom('Allow', 'Deny'),
      Principal: fc.constantFrom('*', '1'),
      Action: fc.array(text),
    },
    { requiredKeys: ['Effect'] },
  );

  /** JSON with white space where the grammar allows it, taken from a list in turn. */
  function written(value: Json, spaces: readonly string[]): string {
    let next = 0;
    const gap = () => spaces[next++ % spaces.length] ?? '';
    const write = (one: Json): string => {
      const parts = (texts: readonly string[]) =>
        texts.map((part) => gap() + part + gap()).join(',');
      if (Array.isArray(one)) return `[${parts(one.map(write))}]`;
      if (typeof one !== 'object' || one === null) return JSON.stringify(one);
      const pairs = Object.entries(one as JsonObject);
      return `{${parts(pairs.map(([key, inner]) => `${JSON.stringify(key)}${gap()}:${gap()}${write(inner)}`))}}`;
    };
    return gap() + write(value) + gap();
  }

  const scene = fc.record({
    statements: fc.array(statement, { minLength: 1, maxLength: 6 }),
    spaces: fc.array(space, { minLength: 1, maxLength: 20 }),
    cut: fc.array(fc.nat({ max: 6 })),
    added: fc.array(statement, { maxLength: 2 }),
    isIdFirst: fc.boolean(),
  });

  test('what is left parses to what was kept, and the kept statements are byte for byte the same', () => {
    fc.assert(
      fc.property(scene, ({ statements, spaces, cut, added, isIdFirst }) => {
        const id = { Version: '2012-10-17', Id: '"Statement":[' };
        const policy = written(
          isIdFirst ? { ...id, Statement: statements } : { Statement: statements, ...id },
          spaces,
        );

        const left = withStatements(policy, { without: cut, adding: added });

        const kept = statements.filter((_, index) => !cut.includes(index));
        const wanted = [...kept, ...added];
        if (wanted.length === 0) return expect(left).toBeUndefined();
        expect(JSON.parse(left ?? '')).toEqual({ ...id, Statement: wanted });
        for (const part of textsOf(policy).filter((_, index) => !cut.includes(index)))
          expect(left).toContain(part);
        if (kept.length === statements.length && added.length === 0) expect(left).toBe(policy);
      }),
    );
  });

  /** The text of each statement, found by counting brackets outside of strings. */
  function textsOf(policy: string): readonly string[] {
    const texts: string[] = [];
    let depth = 0;
    let from = 0;
    for (const { 0: token, index } of policy.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
      if (token.startsWith('"')) continue;
      if (token === '{' && depth === 2) from = index;
      depth += token === '{' || token === '[' ? 1 : -1;
      if (token === '}' && depth === 2) texts.push(policy.slice(from, index + 1));
    }
    return texts;
  }
});
