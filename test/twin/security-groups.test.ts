import type { Answer, Json } from '#core';
import { effects } from '#twin/effects/index';
import { recordOf } from '#twin/trail';

const account = '444444444444';
const region = 'eu-west-1';
const on = { type: '', arn: '', account, region };

/** Makes calls one after the other; gives the answers. */
function made(...calls: readonly (readonly [operation: string, input: Json])[]) {
  let world: Json = {};
  return calls.map(([operation, input]): Answer => {
    const done = effects[operation]?.(world, { on, input });
    world = done?.world ?? null;
    return done?.answer ?? { kind: 'absent' };
  });
}
const web = ['ec2:CreateSecurityGroup', { GroupName: 'web', Description: 'x' }] as const;
const ssh = { GroupName: 'web', IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' };
const open = ['ec2:AuthorizeSecurityGroupIngress', ssh] as const;
const record = (operation: string, input: Json, answer: Answer) =>
  recordOf({
    ...{ operation, input, answer, account, region },
    ...{ caller: {}, at: new Date('2026-11-21T10:00:00Z') },
  });

test('the old form of the request is recorded flat, with empty permissions', () => {
  const [, answer = { kind: 'absent' as const }] = made(web, open);

  const { requestParameters, responseElements } = record(...open, answer);

  expect(requestParameters).toEqual({
    groupName: 'web',
    ipProtocol: 'tcp',
    fromPort: 22,
    toPort: 22,
    cidrIp: '0.0.0.0/0',
    ipPermissions: {},
  });
  expect(responseElements).toMatchObject({
    _return: true,
    securityGroupRuleSet: {
      items: [
        {
          groupOwnerId: account,
          groupId: expect.stringMatching(/^sg-[0-9a-f]{17}$/),
          securityGroupRuleId: expect.stringMatching(/^sgr-[0-9a-f]{17}$/),
          isEgress: false,
          cidrIpv4: '0.0.0.0/0',
        },
      ],
    },
  });
});

test('the form with permissions is recorded as AWS records it', () => {
  const input = {
    GroupId: 'sg-0d921df5d84f7270a',
    IpPermissions: [
      { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
    ],
  };

  const { requestParameters } = record('ec2:AuthorizeSecurityGroupIngress', input, {
    kind: 'found',
    value: {},
  });

  // As in the recorded event 42155429-7e8e-43b5-9b5e-6953f80d51d5.
  expect(requestParameters).toEqual({
    groupId: 'sg-0d921df5d84f7270a',
    ipPermissions: {
      items: [
        {
          ipProtocol: 'tcp',
          fromPort: 22,
          toPort: 22,
          groups: {},
          ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
          ipv6Ranges: {},
          prefixListIds: {},
        },
      ],
    },
  });
});

test('changed rules are recorded in a wrapper: one alone, more in a list', () => {
  const rule = (id: string) => ({ SecurityGroupRuleId: id, SecurityGroupRule: { FromPort: 1 } });
  const shape = (...rules: readonly Json[]) =>
    record(
      'ec2:ModifySecurityGroupRules',
      { GroupId: 'sg-1', SecurityGroupRules: rules },
      {
        kind: 'found',
        value: {},
      },
    ).requestParameters;

  expect(shape(rule('sgr-1'))).toEqual({
    ModifySecurityGroupRulesRequest: {
      GroupId: 'sg-1',
      SecurityGroupRule: { ...rule('sgr-1'), tag: 1 },
    },
  });
  expect(shape(rule('sgr-1'), rule('sgr-2'))).toMatchObject({
    ModifySecurityGroupRulesRequest: { SecurityGroupRule: [{ tag: 1 }, { tag: 2 }] },
  });
});

test('a rule that is there already, and a rule that is not, are refused', () => {
  const [, , again, revoked] = made(web, open, open, [
    'ec2:RevokeSecurityGroupIngress',
    { GroupName: 'web', SecurityGroupRuleIds: ['sgr-1'] },
  ]);

  expect(again).toMatchObject({ code: 'InvalidPermission.Duplicate' });
  expect(revoked).toMatchObject({ code: 'InvalidSecurityGroupRuleId.NotFound' });
});

test('a new group lets everything out and nothing in', () => {
  const [created] = made(web);
  const id = created?.kind === 'found' ? (created.value as { GroupId: string }).GroupId : '';

  const [, rules] = made(web, [
    'ec2:DescribeSecurityGroupRules',
    { Filters: [{ Name: 'group-id', Values: [id] }] },
  ]);

  expect(rules).toMatchObject({ value: { SecurityGroupRules: [{ IsEgress: true }] } });
});
