import { MalformedPolicy, parsePolicy, parseResourcePolicy } from '#twin/iam/index';
import { allow } from './builders';

const statement = (elements: object) =>
  JSON.stringify({ Statement: [{ ...allow(), ...elements }] });
const without = (element: string) =>
  JSON.stringify({
    Statement: Object.fromEntries(Object.entries(allow()).filter(([name]) => name !== element)),
  });
const condition = (written: unknown) =>
  JSON.stringify({ Version: '2012-10-17', Statement: { ...allow(), Condition: written } });

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
describe('a malformed policy is refused with its place', () => {
  test.each([
    ['no JSON', '{', 'policy: is not JSON'],
    ['no object', '[]', 'policy: must be an object'],
    ['another version', '{"Version":"2013-01-01","Statement":[]}', 'Version: must be one of'],
    ['no statement', '{"Version":"2012-10-17"}', 'Statement: is missing'],
    ['a word too many', '{"Statement":[],"Statements":[]}', 'policy.Statements: is not known'],
    ['a statement that is text', '{"Statement":["Allow"]}', 'Statement[0]: must be an object'],
    ['a misspelt element', statement({ Actions: 'x' }), 'Statement[0].Actions: is not known'],
    ['a principal', statement({ Principal: '*' }), 'Statement[0].Principal: is not known'],
    ['another effect', statement({ Effect: 'allow' }), 'Statement[0].Effect: must be'],
    ['no effect', without('Effect'), 'Statement[0].Effect: must be'],
    ['no action', without('Action'), 'Statement[0]: Action or NotAction is missing'],
    ['no resource', without('Resource'), 'Statement[0]: Resource or NotResource is missing'],
    [
      'both actions',
      statement({ NotAction: 's3:*' }),
      'Statement[0]: Action and NotAction exclude',
    ],
    ['both resources', statement({ NotResource: '*' }), 'Statement[0]: Resource and NotResource'],
    ['an empty list', statement({ Action: [] }), 'Statement[0].Action: is an empty list'],
    ['an action without service', statement({ Action: 'GetObject' }), 'Statement[0].Action: "Get'],
    ['a service with wildcard', statement({ Action: 's*:Get' }), 'Statement[0].Action: "s*:Get"'],
    ['a number', statement({ Resource: 1 }), 'Statement[0].Resource: must be text'],
    [
      'a resource that is no ARN',
      statement({ Resource: 'shelf' }),
      'Statement[0].Resource: "shelf"',
    ],
    [
      'the same Sid',
      JSON.stringify({ Statement: [allow({ Sid: 'A' }), allow({ Sid: 'A' })] }),
      'Statement[1].Sid: "A" is used twice',
    ],
    [
      'a repeated key',
      '{"Statement":[{"Effect":"Deny","Effect":"Allow","Action":"*","Resource":"*"}]}',
      'Statement.0.Effect: is given twice',
    ],
    [
      'an unknown operator',
      condition({ StringEqual: { 'x:a': '' } }),
      'Condition.StringEqual: is no',
    ],
    [
      'an operator of another case',
      condition({ stringequals: { 'x:a': '' } }),
      'is no condition op',
    ],
    ['NullIfExists', condition({ NullIfExists: { 'x:a': 'true' } }), 'is no condition operator'],
    [
      'another set operator',
      condition({ 'ForSome:Bool': { 'x:a': 'true' } }),
      'is no condition op',
    ],
    [
      'a name of every object',
      condition({ constructor: { 'x:a': '' } }),
      'is no condition operator',
    ],
    [
      'a key without prefix',
      condition({ Bool: { secure: 'true' } }),
      'Bool.secure: is no condition key',
    ],
    ['a value that is an object', condition({ Bool: { 'x:a': {} } }), 'Bool.x:a: must be text'],
    ['no values', condition({ StringEquals: { 'x:a': [] } }), 'StringEquals.x:a: is an empty list'],
    ['no boolean', condition({ Bool: { 'x:a': 'yes' } }), '"yes" is neither true nor false'],
    ['no boolean for Null', condition({ Null: { 'x:a': 'TRUE' } }), '"TRUE" is neither'],
    ['no number', condition({ NumericEquals: { 'x:a': '1e3' } }), '"1e3" is no number'],
    ['no date', condition({ DateEquals: { 'x:a': 'soon' } }), '"soon" is no date'],
    [
      'a time without zone',
      condition({ DateEquals: { 'x:a': '2026-01-01T00:00:00' } }),
      'is no date',
    ],
    ['no address', condition({ IpAddress: { 'x:a': '1.2.3' } }), '"1.2.3" is no IP address'],
    ['a prefix too long', condition({ IpAddress: { 'x:a': '1.2.3.4/33' } }), 'is no IP address'],
    ['no ARN', condition({ ArnLike: { 'x:a': 'arn:aws:s3' } }), '"arn:aws:s3" is no ARN'],
    ['no base64', condition({ BinaryEquals: { 'x:a': '%' } }), '"%" is not base64'],
    ['an open variable', condition({ StringLike: { 'x:a': '${aws:x' } }), 'does not end'],
    [
      'no variable',
      condition({ StringLike: { 'x:a': '${queue}' } }),
      '${queue} is no policy variable',
    ],
  ])('%s', (_, document, message) => {
    expect(() => parsePolicy(document)).toThrow(MalformedPolicy);
    expect(() => parsePolicy(document)).toThrow(message);
  });

  test('and with its name, where it has one', () => {
    expect(() => parsePolicy('{}', 'reader policy')).toThrow(
      'reader policy: Statement: is missing',
    );
  });
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
describe('Principal', () => {
  const given = (elements: object) =>
    JSON.stringify({ Statement: { Effect: 'Deny', Action: 'sts:AssumeRole', ...elements } });

  test.each([
    ['everyone', '*'],
    ['every AWS principal', { AWS: '*' }],
    ['an account', { AWS: '111111111111' }],
    ['a root', { AWS: 'arn:aws:iam::111111111111:root' }],
    ['a role', { AWS: 'arn:aws:iam::111111111111:role/path/name' }],
    ['a user', { AWS: 'arn:aws:iam::111111111111:user/name' }],
    ['a session', { AWS: 'arn:aws:sts::111111111111:assumed-role/name/session' }],
    ['a role that is gone', { AWS: 'AROAEXAMPLEEXAMPLE123' }],
    ['services', { Service: ['events.amazonaws.com', 'sqs.amazonaws.com'] }],
    ['a provider', { Federated: 'arn:aws:iam::111111111111:saml-provider/corp' }],
    [
      'a canonical user',
      { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' },
    ],
    ['several kinds', { AWS: ['111111111111', '222222222222'], Service: 'events.amazonaws.com' }],
  ])('may be %s', (_, principal) => {
    expect(parseResourcePolicy(given({ Principal: principal })).statements).toHaveLength(1);
  });

  test.each([
    ['is missing', {}, 'Principal or NotPrincipal is missing'],
    ['is given both ways', { Principal: '*', NotPrincipal: '*' }, 'exclude each other'],
    ['is text', { Principal: '111111111111' }, 'Principal: must be "*" or an object'],
    ['names nobody', { Principal: {} }, 'Principal: names nobody'],
    ['is an empty list', { Principal: { AWS: [] } }, 'Principal.AWS: is an empty list'],
    ['is of no kind', { Principal: { Aws: '*' } }, 'Principal.Aws: is not known'],
    [
      'is inherited by every object',
      { Principal: { toString: '*' } },
      'Principal.toString: is not known',
    ],
    [
      'has a wildcard',
      { Principal: { AWS: 'arn:aws:iam::111111111111:role/*' } },
      'names no AWS principal',
    ],
    ['has any account', { Principal: { AWS: 'arn:aws:iam::*:root' } }, 'names no AWS principal'],
    [
      'is a group',
      { Principal: { AWS: 'arn:aws:iam::111111111111:group/g' } },
      'names no AWS principal',
    ],
    ['is any service', { Principal: { Service: '*' } }, 'names no Service principal'],
    ['is a number', { Principal: { AWS: 111111111111 } }, 'names no AWS principal'],
    [
      'is an exception to an Allow',
      { Effect: 'Allow', NotPrincipal: '*' },
      'is not supported with Allow',
    ],
  ])('is refused where it %s', (_, elements, message) => {
    expect(() => parseResourcePolicy(given(elements))).toThrow(message);
  });
});
