import { evaluate } from '#twin/iam/index';
import { covers, plainPattern } from '#twin/iam/pattern';
import { allow, policy, reading, worker } from './builders';

describe('a wildcard pattern', () => {
  test.each([
    ['', '', true],
    ['', 'a', false],
    ['a', 'a', true],
    ['a', 'A', false],
    ['*', '', true],
    ['*', 'anything:at/all', true],
    ['**', 'x', true],
    ['?', '', false],
    ['?', 'x', true],
    ['?', 'xy', false],
    ['a*c', 'ac', true],
    ['a*c', 'abbc', true],
    ['a*c', 'abcb', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['*ab', 'aab', true],
    ['*a*b', 'aabab', true],
    ['a*b?d*', 'axxbbcdzz', true],
    ['.*', 'x', false],
    ['a+', 'aa', false],
    ['[ab]', 'a', false],
  ])('%j against %j gives %s', (pattern, text, expected) => {
    expect(covers(plainPattern(pattern).pieces as string[], text)).toBe(expected);
  });

  test('takes no longer than the product of the lengths, however many stars it has', () => {
    const pattern = plainPattern(`${'a*'.repeat(500)}b`).pieces as string[];

    const start = process.hrtime.bigint();
    expect(covers(pattern, 'a'.repeat(5000))).toBe(false);

    expect(Number(process.hrtime.bigint() - start) / 1e6).toBeLessThan(1000);
  });
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html */
describe('Action and NotAction', () => {
  test.each([
    [{ Action: 's3:GetObject' }, true],
    [{ Action: 'S3:getOBJECT' }, true],
    [{ Action: 's3:Get*' }, true],
    [{ Action: 's3:*Object' }, true],
    [{ Action: 's3:GetObjec?' }, true],
    [{ Action: 's3:GetObject?' }, false],
    [{ Action: '*' }, true],
    [{ Action: ['iam:*', 's3:*'] }, true],
    [{ Action: 'sqs:*' }, false],
  ])('%j allows s3:GetObject: %s', (elements, expected) => {
    const identity = [policy(allow(elements))];

    expect(evaluate(reading(), { identity }).allowed).toBe(expected);
  });

  test.each([
    [{ NotAction: 'iam:*' }, true],
    [{ NotAction: ['iam:*', 's3:*'] }, false],
  ])('%j allows s3:GetObject: %s', (elements, expected) => {
    const identity = [policy({ Effect: 'Allow', Resource: '*', ...elements })];

    expect(evaluate(reading(), { identity }).allowed).toBe(expected);
  });
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html */
describe('Resource and NotResource', () => {
  const user = { kind: 'user', arn: 'arn:aws:iam::111111111111:user/staff/ada' } as const;
  const tagged = worker({ tags: { team: 'shelf', stars: '*' } });

  test.each([
    [{ Resource: 'arn:aws:s3:::shelf/book.txt' }, worker(), true],
    [{ Resource: 'arn:aws:s3:::SHELF/book.txt' }, worker(), false],
    [{ Resource: 'arn:aws:s3:::shelf' }, worker(), false],
    [{ Resource: 'arn:aws:s3:::shelf/*' }, worker(), true],
    [{ Resource: 'arn:aws:s3:::shel?/book.tx?' }, worker(), true],
    // A wildcard of a Resource crosses colons.
    [{ Resource: 'arn:aws:*/book.txt' }, worker(), true],
    [{ Resource: 'arn:*' }, worker(), true],
    [{ Resource: ['arn:aws:s3:::other', 'arn:aws:s3:::shelf/*'] }, worker(), true],
    [{ NotResource: 'arn:aws:s3:::other/*' }, worker(), true],
    [{ NotResource: 'arn:aws:s3:::shelf/*' }, worker(), false],
    [{ Resource: 'arn:aws:s3:::${aws:PrincipalTag/team}/*' }, tagged, true],
    [{ Resource: 'arn:aws:s3:::${aws:PrincipalTag/team}/*' }, worker(), false],
    [{ Resource: "arn:aws:s3:::${aws:PrincipalTag/team, 'shelf'}/*" }, worker(), true],
    // What a variable brings is taken literally.
    [{ Resource: 'arn:aws:s3:::shelf/${aws:PrincipalTag/stars}' }, tagged, false],
    [{ Resource: 'arn:aws:s3:::shelf/${aws:username}.txt' }, user, false],
    [{ Resource: 'arn:aws:s3:::shelf/book${*}' }, worker(), false],
  ])('%j covers the book', (elements, principal, expected) => {
    const { Resource: _, ...rest } = allow();
    const identity = [policy({ ...rest, ...elements })];

    expect(evaluate(reading({ principal }), { identity }).allowed).toBe(expected);
  });
});
