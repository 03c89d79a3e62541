import type { Json } from '#core';
import { evaluate, parsePolicy, type Request } from '#twin/iam/index';
import { allow, deny, passes, policy, reading, worker } from './builders';

type Row = readonly [condition: Json, context: NonNullable<Request['context']>, expected: boolean];

const key = 'x:key';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
describe('a condition operator', () => {
  const rows: readonly Row[] = [
    [{ StringEquals: { [key]: 'a' } }, { [key]: 'a' }, true],
    [{ StringEquals: { [key]: 'a' } }, { [key]: 'A' }, false],
    [{ StringEquals: { [key]: 'a*' } }, { [key]: 'ab' }, false],
    [{ StringEquals: { [key]: 'a*' } }, { [key]: 'a*' }, true],
    [{ StringEquals: { [key]: ['a', 'b'] } }, { [key]: 'b' }, true],
    [{ StringEquals: { [key]: 'a' } }, {}, false],
    [{ StringEquals: { 'X:KEY': 'a' } }, { 'x:Key': 'a' }, true],
    [{ StringEquals: { [key]: 7 } }, { [key]: '7' }, true],
    [{ StringNotEquals: { [key]: 'a' } }, { [key]: 'b' }, true],
    [{ StringNotEquals: { [key]: 'a' } }, { [key]: 'a' }, false],
    // Several values of a negated operator are a NOR.
    [{ StringNotEquals: { [key]: ['a', 'b'] } }, { [key]: 'b' }, false],
    [{ StringNotEquals: { [key]: 'a' } }, {}, true],
    [{ StringEqualsIgnoreCase: { [key]: 'aB' } }, { [key]: 'Ab' }, true],
    [{ StringEqualsIgnoreCase: { [key]: 'aB' } }, {}, false],
    [{ StringNotEqualsIgnoreCase: { [key]: 'aB' } }, { [key]: 'Ab' }, false],
    [{ StringNotEqualsIgnoreCase: { [key]: 'aB' } }, {}, true],
    [{ StringLike: { [key]: 'aws.*' } }, { [key]: 'aws.s3' }, true],
    [{ StringLike: { [key]: 'aws.*' } }, { [key]: 'AWS.s3' }, false],
    [{ StringLike: { [key]: 'aws.*' } }, { [key]: 'parapet' }, false],
    [{ StringLike: { [key]: 'aws.?3' } }, { [key]: 'aws.s3' }, true],
    [{ StringLike: { [key]: '' } }, { [key]: '' }, true],
    [{ StringLike: { [key]: '*' } }, {}, false],
    [{ StringNotLike: { [key]: 'aws.*' } }, { [key]: 'parapet' }, true],
    [{ StringNotLike: { [key]: 'aws.*' } }, { [key]: 'aws.s3' }, false],
    [{ StringNotLike: { [key]: 'aws.*' } }, {}, true],

    [{ NumericEquals: { [key]: '10' } }, { [key]: '10.0' }, true],
    [{ NumericEquals: { [key]: 10 } }, { [key]: '11' }, false],
    [{ NumericEquals: { [key]: '10' } }, { [key]: 'ten' }, false],
    [{ NumericEquals: { [key]: '10' } }, {}, false],
    [{ NumericNotEquals: { [key]: '10' } }, { [key]: '11' }, true],
    [{ NumericNotEquals: { [key]: '10' } }, { [key]: '10' }, false],
    [{ NumericNotEquals: { [key]: '10' } }, {}, true],
    [{ NumericLessThan: { [key]: '10' } }, { [key]: '9.9' }, true],
    [{ NumericLessThan: { [key]: '10' } }, { [key]: '10' }, false],
    [{ NumericLessThan: { [key]: '10' } }, {}, false],
    [{ NumericLessThanEquals: { [key]: '10' } }, { [key]: '10' }, true],
    [{ NumericLessThanEquals: { [key]: '10' } }, { [key]: '11' }, false],
    [{ NumericGreaterThan: { [key]: '-1' } }, { [key]: '0' }, true],
    [{ NumericGreaterThan: { [key]: '10' } }, { [key]: '10' }, false],
    [{ NumericGreaterThanEquals: { [key]: '10' } }, { [key]: '10' }, true],
    [{ NumericGreaterThanEquals: { [key]: '10' } }, { [key]: '9' }, false],

    [{ DateEquals: { [key]: '2026-01-01' } }, { [key]: '2026-01-01T00:00:00Z' }, true],
    [{ DateEquals: { [key]: '2026' } }, { [key]: '2026-01-01T00:00Z' }, true],
    [{ DateEquals: { [key]: '1767225600' } }, { [key]: '2026-01-01T00:00:00Z' }, true],
    [{ DateEquals: { [key]: '2026-01-01T01:00+01:00' } }, { [key]: '2026-01-01' }, true],
    [{ DateEquals: { [key]: '2026-01-01' } }, { [key]: '2026-01-02' }, false],
    [{ DateEquals: { [key]: '2026-01-01' } }, {}, false],
    [{ DateNotEquals: { [key]: '2026-01-01' } }, { [key]: '2026-01-02' }, true],
    [{ DateNotEquals: { [key]: '2026-01-01' } }, {}, true],
    [{ DateLessThan: { [key]: '2026-01-01' } }, { [key]: '2025-12-31T23:59:59Z' }, true],
    [{ DateLessThan: { [key]: '2026-01-01' } }, { [key]: '2026-01-01' }, false],
    [{ DateLessThan: { [key]: '2026-01-01' } }, { [key]: 'soon' }, false],
    [{ DateLessThanEquals: { [key]: '2026-01-01' } }, { [key]: '2026-01-01' }, true],
    [{ DateLessThanEquals: { [key]: '2026-01-01' } }, { [key]: '2026-01-02' }, false],
    [{ DateGreaterThan: { [key]: '2026-01-01' } }, { [key]: '2026-01-02' }, true],
    [{ DateGreaterThan: { [key]: '2026-01-01' } }, { [key]: '2026-01-01' }, false],
    [{ DateGreaterThanEquals: { [key]: '2026-01-01' } }, { [key]: '2026-01-01' }, true],
    [{ DateGreaterThanEquals: { [key]: '2026-01-01' } }, {}, false],

    [{ Bool: { [key]: 'true' } }, { [key]: 'true' }, true],
    [{ Bool: { [key]: true } }, { [key]: 'TRUE' }, true],
    [{ Bool: { [key]: 'false' } }, { [key]: 'true' }, false],
    [{ Bool: { [key]: 'false' } }, {}, false],
    [{ BoolIfExists: { [key]: 'false' } }, {}, true],
    [{ BinaryEquals: { [key]: 'QmluYXJ5' } }, { [key]: 'QmluYXJ5' }, true],
    [{ BinaryEquals: { [key]: 'QmluYXJ5' } }, { [key]: 'AAAA' }, false],
    [{ BinaryEquals: { [key]: 'QmluYXJ5' } }, {}, false],

    [{ IpAddress: { [key]: '203.0.113.0/24' } }, { [key]: '203.0.113.255' }, true],
    [{ IpAddress: { [key]: '203.0.113.0/24' } }, { [key]: '203.0.114.0' }, false],
    [{ IpAddress: { [key]: '203.0.113.7' } }, { [key]: '203.0.113.7' }, true],
    [{ IpAddress: { [key]: '203.0.113.7' } }, { [key]: '203.0.113.8' }, false],
    [{ IpAddress: { [key]: '0.0.0.0/0' } }, { [key]: '203.0.113.8' }, true],
    [{ IpAddress: { [key]: '0.0.0.0/0' } }, { [key]: '2001:db8::1' }, false],
    [{ IpAddress: { [key]: '2001:DB8:1234:5678::/64' } }, { [key]: '2001:db8:1234:5678::9' }, true],
    [
      { IpAddress: { [key]: '2001:DB8:1234:5678::/64' } },
      { [key]: '2001:db8:1234:5679::9' },
      false,
    ],
    [{ IpAddress: { [key]: '203.0.113.0/24' } }, { [key]: 'events.amazonaws.com' }, false],
    [{ IpAddress: { [key]: '203.0.113.0/24' } }, {}, false],
    [{ NotIpAddress: { [key]: '203.0.113.0/24' } }, { [key]: '203.0.113.1' }, false],
    [{ NotIpAddress: { [key]: '203.0.113.0/24' } }, { [key]: '198.51.100.1' }, true],
    [{ NotIpAddress: { [key]: '203.0.113.0/24' } }, {}, true],

    [{ ArnEquals: { [key]: 'arn:aws:sns:*:1:topic' } }, { [key]: 'arn:aws:sns:r:1:topic' }, true],
    [{ ArnEquals: { [key]: 'arn:aws:sns:r:1:topic' } }, { [key]: 'arn:aws:sns:r:1:Topic' }, false],
    [{ ArnEquals: { [key]: 'arn:aws:sns:r:1:topic' } }, {}, false],
    [{ ArnNotEquals: { [key]: 'arn:aws:sns:r:1:topic' } }, { [key]: 'arn:aws:sns:r:1:x' }, true],
    [{ ArnNotEquals: { [key]: 'arn:aws:sns:r:1:topic' } }, {}, true],
    [{ ArnLike: { [key]: 'arn:aws:x:*:1:a/?' } }, { [key]: 'arn:aws:x:r:1:a/b' }, true],
    // The page's own example of what StringLike matches and ArnLike does not.
    [
      { ArnLike: { [key]: 'arn:aws:someservice:*:111122223333:finance/*' } },
      { [key]: 'arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/d.txt' },
      false,
    ],
    [
      { StringLike: { [key]: 'arn:aws:someservice:*:111122223333:finance/*' } },
      { [key]: 'arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/d.txt' },
      true,
    ],
    // Colons of the sixth part belong to it.
    [{ ArnLike: { [key]: 'arn:*:*:*:*:*' } }, { [key]: 'arn:aws:logs:r:1:group:a:b' }, true],
    [{ ArnLike: { [key]: 'arn:*:*:*:*:*' } }, { [key]: 'no arn' }, false],
    [{ ArnNotLike: { [key]: 'arn:aws:x:*:1:*' } }, { [key]: 'arn:aws:x:r:2:a' }, true],
    [{ ArnNotLike: { [key]: 'arn:aws:x:*:1:*' } }, { [key]: 'arn:aws:x:r:1:a' }, false],
    [{ ArnNotLike: { [key]: 'arn:aws:x:*:1:*' } }, {}, true],

    [{ StringEqualsIfExists: { [key]: 'a' } }, {}, true],
    [{ StringEqualsIfExists: { [key]: 'a' } }, { [key]: 'b' }, false],
    [{ StringNotEqualsIfExists: { [key]: 'a' } }, {}, true],
    [{ ArnLikeIfExists: { [key]: 'arn:aws:x:*:1:*' } }, {}, true],

    [{ Null: { [key]: 'true' } }, {}, true],
    [{ Null: { [key]: 'true' } }, { [key]: 'a' }, false],
    [{ Null: { [key]: 'false' } }, { [key]: 'a' }, true],
    [{ Null: { [key]: false } }, {}, false],
    [{ Null: { [key]: 'true' } }, { [key]: [] }, true],
  ];

  test.each(rows)('%j with %j is met: %s', (condition, context, expected) => {
    expect(passes(condition, context)).toBe(expected);
  });
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html */
describe('several conditions', () => {
  const rows: readonly Row[] = [
    [{}, {}, true],
    [{ StringEquals: {} }, {}, true],
    [{ StringEquals: { 'x:a': '1', 'x:b': '2' } }, { 'x:a': '1', 'x:b': '2' }, true],
    [{ StringEquals: { 'x:a': '1', 'x:b': '2' } }, { 'x:a': '1' }, false],
    [
      { StringEquals: { 'x:a': '1' }, Bool: { 'x:b': 'true' } },
      { 'x:a': '1', 'x:b': 'true' },
      true,
    ],
    [
      { StringEquals: { 'x:a': '1' }, Bool: { 'x:b': 'true' } },
      { 'x:a': '1', 'x:b': 'false' },
      false,
    ],
  ];

  test.each(rows)('%j with %j must all be met: %s', (condition, context, expected) => {
    expect(passes(condition, context)).toBe(expected);
  });
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html */
describe('a set operator', () => {
  const all = (value: Json) => ({ 'ForAllValues:StringLike': { [key]: value } });
  const any = (value: Json) => ({ 'ForAnyValue:StringLike': { [key]: value } });
  const rows: readonly Row[] = [
    [all(['a*', 'b']), { [key]: ['a1', 'a2', 'b'] }, true],
    [all(['a*', 'b']), { [key]: ['a1', 'c'] }, false],
    [all('a*'), { [key]: 'a1' }, true],
    [all('a*'), {}, true],
    [all('a*'), { [key]: [] }, true],
    [all('a*'), { [key]: '' }, true],
    [{ ...all('a*'), Null: { [key]: 'false' } }, {}, false],
    [{ ...all('a*'), Null: { [key]: 'false' } }, { [key]: '' }, false],
    [{ ...all('a*'), Null: { [key]: 'false' } }, { [key]: 'a1' }, true],
    [any(['a*', 'b']), { [key]: ['c', 'b'] }, true],
    [any(['a*', 'b']), { [key]: ['c', 'd'] }, false],
    [any('a*'), {}, false],
    [any('*'), { [key]: '' }, false],
    [{ 'ForAnyValue:StringLikeIfExists': { [key]: 'a' } }, {}, false],
    [{ 'ForAllValues:StringNotEquals': { [key]: 'a' } }, { [key]: ['b', 'c'] }, true],
    [{ 'ForAllValues:StringNotEquals': { [key]: 'a' } }, { [key]: ['a', 'c'] }, false],
    [{ 'ForAnyValue:StringNotEquals': { [key]: 'a' } }, { [key]: ['a', 'c'] }, true],
    [{ 'ForAnyValue:StringNotEquals': { [key]: 'a' } }, { [key]: ['a'] }, false],
    [{ 'ForAnyValue:StringNotEquals': { [key]: 'a' } }, {}, false],
    [{ 'ForAnyValue:ArnLike': { [key]: 'arn:*:*:*:*:a' } }, { [key]: ['x', 'arn:::::a'] }, true],
  ];

  test.each(rows)('%j with %j is met: %s', (condition, context, expected) => {
    expect(passes(condition, context)).toBe(expected);
  });

  const otherTypes: readonly Row[] = [
    [{ NumericEquals: { [key]: 1 } }, { [key]: 'one' }, false],
    [{ NumericNotEquals: { [key]: 1 } }, { [key]: 'one' }, false],
    [{ NotIpAddress: { [key]: '10.0.0.0/8' } }, { [key]: 'events.amazonaws.com' }, false],
    [{ ArnNotLike: { [key]: 'arn:aws:x:*:1:*' } }, { [key]: 'no arn' }, false],
    [{ 'ForAnyValue:NumericNotEquals': { [key]: 1 } }, { [key]: ['one', '2'] }, true],
    [{ 'ForAllValues:NumericNotEquals': { [key]: 1 } }, { [key]: ['one', '2'] }, false],
  ];

  test.each(otherTypes)('%j with %j of another type allows: %s', (condition, context, expected) => {
    expect(passes(condition, context)).toBe(expected);
  });

  test('negated denies a value of another type', () => {
    const inDoubt = deny({ Condition: { NotIpAddress: { [key]: '10.0.0.0/8' } } });
    const request = reading({ context: { [key]: 'events.amazonaws.com' } });

    expect(evaluate(request, { identity: [policy(allow(), inDoubt)] }).explicit).toBe(true);
  });

  test('that is missing before several values allows nothing and denies everything', () => {
    const condition = { Condition: { StringEquals: { [key]: 'a' } } };
    const request = reading({ context: { [key]: ['a', 'b'] } });

    expect(evaluate(request, { identity: [policy(allow(condition))] }).allowed).toBe(false);
    expect(evaluate(request, { identity: [policy(allow(), deny(condition))] }).explicit).toBe(true);
  });
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
describe('a policy variable', () => {
  const rows: readonly Row[] = [
    [{ StringEquals: { [key]: '${aws:PrincipalAccount}' } }, { [key]: '111111111111' }, true],
    [{ StringEquals: { [key]: '${AWS:principalaccount}' } }, { [key]: '111111111111' }, true],
    [
      { StringLike: { [key]: 'home/${aws:PrincipalAccount}/*' } },
      { [key]: 'home/111111111111/x' },
      true,
    ],
    [
      { ArnLike: { [key]: '${aws:PrincipalArn}' } },
      { [key]: 'arn:aws:iam::111111111111:role/worker' },
      true,
    ],
    [{ StringEquals: { [key]: '${x:other}' } }, { [key]: '' }, false],
    [{ StringEquals: { [key]: '${x:other}' } }, { [key]: '${x:other}' }, false],
    // A variable without a value is null: nothing equals it.
    [{ StringNotEquals: { [key]: '${x:other}' } }, { [key]: 'a' }, true],
    [{ StringEquals: { [key]: "${x:other, 'nobody'}" } }, { [key]: 'nobody' }, true],
    [{ StringEquals: { [key]: "${x:other, 'nobody'}" } }, { [key]: 'a', 'x:other': 'a' }, true],
    [{ StringEquals: { [key]: '${x:other}' } }, { [key]: 'a', 'x:other': ['a', 'b'] }, false],
    [{ StringEquals: { [key]: "${x:other, 'none'}" } }, { [key]: 'none', 'x:other': '' }, true],
    [{ StringLike: { [key]: '${x:other}' } }, { [key]: 'abc', 'x:other': 'a*' }, false],
    [{ StringLike: { [key]: 'a${*}' } }, { [key]: 'a*' }, true],
    [{ StringLike: { [key]: 'a${*}' } }, { [key]: 'ab' }, false],
    [{ StringLike: { [key]: 'a${?}' } }, { [key]: 'ab' }, false],
    [{ StringEquals: { [key]: '${$}{x:other}' } }, { [key]: '${x:other}' }, true],
  ];

  test.each(rows)('%j with %j is met: %s', (condition, context, expected) => {
    expect(passes(condition, context)).toBe(expected);
  });

  test('is only text in a policy of version 2008-10-17', () => {
    const written = allow({ Condition: { StringEquals: { [key]: '${aws:PrincipalAccount}' } } });
    const identity = [parsePolicy({ Statement: [written] })];

    expect(evaluate(reading({ context: { [key]: '111111111111' } }), { identity }).allowed).toBe(
      false,
    );
    expect(
      evaluate(reading({ context: { [key]: '${aws:PrincipalAccount}' } }), { identity }).allowed,
    ).toBe(true);
  });
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
describe('a global condition key', () => {
  const session = worker({
    sourceIdentity: 'ada',
    uniqueId: 'AROAEXAMPLE',
    tags: { Team: 'blue' },
  });
  const user = { kind: 'user', arn: 'arn:aws:iam::111111111111:user/staff/ada' } as const;
  const request = {
    region: 'eu-west-1',
    at: new Date('2026-01-02T03:04:05Z'),
    resourceOrganization: { id: 'o-2', managementAccount: '999999999999' },
  };

  test.each([
    ['aws:PrincipalArn', session, 'arn:aws:iam::111111111111:role/worker'],
    ['aws:PrincipalAccount', session, '111111111111'],
    ['aws:PrincipalOrgID', session, 'o-1'],
    ['aws:PrincipalType', session, 'AssumedRole'],
    ['aws:userid', session, 'AROAEXAMPLE:monday'],
    ['aws:SourceIdentity', session, 'ada'],
    ['aws:PrincipalTag/Team', session, 'blue'],
    ['aws:PrincipalIsAWSService', session, 'false'],
    ['aws:PrincipalType', user, 'User'],
    ['aws:username', user, 'ada'],
    ['aws:PrincipalArn', user, 'arn:aws:iam::111111111111:user/staff/ada'],
    ['aws:ResourceAccount', user, '111111111111'],
    ['aws:ResourceOrgID', user, 'o-2'],
    ['aws:RequestedRegion', user, 'eu-west-1'],
    ['aws:CurrentTime', user, '2026-01-02T03:04:05.000Z'],
    ['aws:EpochTime', user, '1767323045'],
    ['aws:SecureTransport', user, 'true'],
  ] as const)('%s follows from the request', (name, principal, value) => {
    const identity = [policy(allow({ Condition: { StringEquals: { [name]: value } } }))];

    expect(evaluate(reading({ ...request, principal }), { identity })).toMatchObject({
      allowed: true,
    });
  });

  test.each(['aws:username', 'aws:SourceIdentity', 'aws:PrincipalOrgID', 'aws:CurrentTime'])(
    '%s is absent where nothing gives it',
    (name) => {
      const principal = {
        kind: 'role-session',
        roleArn: worker().roleArn,
        sessionName: 's',
      } as const;
      const identity = [policy(allow({ Condition: { Null: { [name]: 'true' } } }))];

      expect(evaluate(reading({ principal }), { identity }).allowed).toBe(true);
    },
  );

  test('that follows from the principal cannot be given otherwise', () => {
    const identity = [
      policy(allow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-9' } } })),
    ];
    const forged = reading({ context: { 'AWS:principalorgid': 'o-9' } });

    expect(evaluate(forged, { identity }).allowed).toBe(false);
  });
});
