import { iam } from '#core/operations/iam';
import { guardrails } from '#policies/guardrails/index';
import { operationPermissions } from '#policies/resources/operation-permissions';
import { evaluate, parsePolicy } from '#twin/iam/index';
import { SHOP } from './organization';
import { type PolicyJson, policyAt, readStack, synthesise } from './synthesised';

describe('the role that repairs users', () => {
  let policy: PolicyJson;
  beforeAll(() => {
    const shop = readStack(synthesise({ guardrails }), `member-${SHOP}`);
    policy = policyAt(shop, 'aws_iam_role_policy.remediate-iam_policy.policy');
  });

  const user = `arn:aws:iam::${SHOP}:user/service/mailer`;
  const may = (action: string, resource: string, context = {}) =>
    evaluate(
      {
        principal: {
          kind: 'role-session',
          roleArn: `arn:aws:iam::${SHOP}:role/parapet-remediate-iam`,
          sessionName: 'd-1',
        },
        ...{ action, resource, resourceAccount: SHOP, context },
      },
      { identity: [parsePolicy(JSON.stringify(policy), 'role')] },
    ).allowed;
  const attach = (arn: string) => may('iam:AttachUserPolicy', user, { 'iam:PolicyARN': arn });

  it('has exactly these two statements', () => {
    expect(policy.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['iam:UpdateAccessKey'],
        Resource: [`arn:aws:iam::${SHOP}:user/*`],
      },
      {
        Effect: 'Allow',
        Action: ['iam:AttachUserPolicy'],
        Resource: [`arn:aws:iam::${SHOP}:user/*`],
        Condition: { ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/AWSDenyAll' } },
      },
    ]);
  });

  it('may deny a user everything, and can make nobody an administrator', () => {
    expect(attach('arn:aws:iam::aws:policy/AWSDenyAll')).toBe(true);
    expect(attach('arn:aws:iam::aws:policy/AdministratorAccess')).toBe(false);
    expect(attach(`arn:aws:iam::${SHOP}:policy/AWSDenyAll`)).toBe(false);
    expect(may('iam:AttachUserPolicy', user)).toBe(false);
  });

  it('cannot touch roles, nor users of another account', () => {
    expect(may('iam:UpdateAccessKey', user)).toBe(true);
    expect(may('iam:UpdateAccessKey', 'arn:aws:iam::777777777777:user/mailer')).toBe(false);
    expect(may('iam:AttachRolePolicy', `arn:aws:iam::${SHOP}:role/admin`)).toBe(false);
  });
});

test('operations with and without a bound stand in statements of their own, in a stable order', () => {
  const place = { partition: 'aws', account: SHOP };
  const one = operationPermissions([iam.attachUserPolicy, iam.updateAccessKey], place);
  const other = operationPermissions([iam.updateAccessKey, iam.attachUserPolicy], place);

  expect(one.Statement.map(({ Action }) => Action)).toEqual([
    ['iam:UpdateAccessKey'],
    ['iam:AttachUserPolicy'],
  ]);
  expect(other).toEqual(one);
});
