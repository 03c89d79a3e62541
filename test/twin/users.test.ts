import type { Call } from '#core';
import { effects } from '#twin/effects/index';
import { recordOf } from '#twin/trail';

const account = '444444444444';
const on = (arn = '') => ({ type: '', arn, account, region: 'us-east-1' });
type Input = Call['input'];

/** An account in which the calls were made, and the last answer. */
function after(...calls: readonly (readonly [operation: string, input: Input, arn?: string])[]) {
  let world = {};
  let answer: unknown;
  for (const [operation, input, arn] of calls) {
    const done = effects[operation]?.(world, { on: on(arn), input });
    world = (done?.world ?? {}) as object;
    answer = done?.answer;
  }
  return answer;
}
const user = ['iam:CreateUser', { UserName: 'mailer', Path: '/service/' }] as const;
const deny = { UserName: 'mailer', PolicyArn: 'arn:aws:iam::aws:policy/AWSDenyAll' };

test('a session for a user without its path may not change the user with it, as on AWS', () => {
  const withoutPath = after(user, [
    'iam:AttachUserPolicy',
    deny,
    `arn:aws:iam::${account}:user/mailer`,
  ]);
  const withPath = after(user, [
    'iam:AttachUserPolicy',
    deny,
    `arn:aws:iam::${account}:user/service/mailer`,
  ]);

  expect(withoutPath).toEqual({ kind: 'refused', why: 'denied', code: 'AccessDenied' });
  expect(withPath).toEqual({ kind: 'found', value: {} });
});

test('a third key is refused, and so is an eleventh managed policy', () => {
  const key = ['iam:CreateAccessKey', { UserName: 'mailer' }] as const;
  const policies = Array.from(
    { length: 11 },
    (_, index) => ['iam:AttachUserPolicy', { ...deny, PolicyArn: `arn:${index}` }] as const,
  );

  expect(after(user, key, key, key)).toMatchObject({ code: 'LimitExceededException' });
  expect(after(user, ...policies)).toMatchObject({ code: 'LimitExceededException' });
});

test('the record of a new key has its id and not its secret', () => {
  const answer = after(user, ['iam:CreateAccessKey', { UserName: 'mailer' }]) as never;
  const record = recordOf({
    ...{ operation: 'iam:CreateAccessKey', input: { UserName: 'mailer' }, answer, account },
    ...{ region: 'us-east-1', caller: {}, at: new Date('2026-11-21T10:00:00Z') },
  });

  expect(record.requestParameters).toEqual({ userName: 'mailer' });
  expect(record.responseElements).toEqual({
    accessKey: {
      userName: 'mailer',
      accessKeyId: expect.stringMatching(/^AKIA[0-9A-F]{16}$/),
      status: 'Active',
    },
  });
  expect(JSON.stringify(record)).not.toMatch(/secret/i);
});
