import { defineExamples, type Json } from '#core';

const group = 'sg-0d921df5d84f7270a';
const ingress = {
  eventName: 'AuthorizeSecurityGroupIngress',
  eventSource: 'ec2.amazonaws.com',
  requestParameters: {
    groupId: group,
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
  },
  responseElements: { requestId: '2be70b99', _return: true },
};
const rule = (id: string, more: { readonly [key: string]: Json }) => ({
  SecurityGroupRuleId: id,
  GroupId: group,
  GroupOwnerId: '444444444444',
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  CidrIpv4: '0.0.0.0/0',
  ...more,
});
const out = rule('sgr-0', { IsEgress: true, IpProtocol: '-1', FromPort: -1, ToPort: -1 });
const rules = (...listed: readonly Json[]) => ({
  'ec2:DescribeSecurityGroupRules': { SecurityGroupRules: listed },
});
const revoke = (...ids: readonly string[]) => [
  {
    operation: 'ec2:RevokeSecurityGroupIngress',
    input: { GroupId: group, SecurityGroupRuleIds: ids },
  },
];

export default defineExamples([
  {
    name: 'SSH open to everyone violates; exactly that rule is revoked',
    event: ingress,
    state: rules(
      out,
      rule('sgr-1', {}),
      rule('sgr-2', { FromPort: 443, ToPort: 443 }),
      rule('sgr-3', { CidrIpv4: '198.51.100.0/24' }),
    ),
    expect: {
      verdict: 'violates',
      reason: 'TCP port 22 is open to 0.0.0.0/0',
      plan: revoke('sgr-1'),
    },
  },
  {
    name: 'all protocols open to every IPv6 address violate, asked for in the flat form',
    event: {
      ...ingress,
      requestParameters: {
        groupId: group,
        ipProtocol: '-1',
        cidrIp: '0.0.0.0/0',
        ipPermissions: {},
      },
    },
    state: rules(rule('sgr-1', { IpProtocol: '-1', FromPort: -1, ToPort: -1 }), {
      SecurityGroupRuleId: 'sgr-2',
      GroupId: group,
      IsEgress: false,
      IpProtocol: '-1',
      FromPort: -1,
      ToPort: -1,
      CidrIpv6: '::/0',
    }),
    expect: {
      verdict: 'violates',
      reason: 'all protocols are open to 0.0.0.0/0, all protocols are open to ::/0',
      plan: revoke('sgr-1', 'sgr-2'),
    },
  },
  {
    name: 'a rule that was changed to a range of ports around 3389 violates',
    event: {
      ...ingress,
      eventName: 'ModifySecurityGroupRules',
      requestParameters: {
        ModifySecurityGroupRulesRequest: {
          GroupId: group,
          SecurityGroupRule: {
            tag: 1,
            SecurityGroupRuleId: 'sgr-1',
            SecurityGroupRule: {
              IpProtocol: 'udp',
              FromPort: 3000,
              ToPort: 4000,
              CidrIpv4: '0.0.0.0/0',
            },
          },
        },
      },
      responseElements: { ModifySecurityGroupRulesResponse: { return: true } },
    },
    state: rules(rule('sgr-1', { IpProtocol: 'udp', FromPort: 3000, ToPort: 4000 })),
    expect: {
      verdict: 'violates',
      reason: 'UDP ports 3000 to 4000 are open to 0.0.0.0/0',
      plan: revoke('sgr-1'),
    },
  },
  {
    name: 'a group named only by name is found by the answer',
    event: {
      ...ingress,
      requestParameters: { groupName: 'web', ipPermissions: {} },
      responseElements: {
        _return: true,
        securityGroupRuleSet: {
          items: [
            { groupOwnerId: '444444444444', groupId: group, securityGroupRuleId: 'sgr-1' },
            { groupOwnerId: '444444444444', groupId: group, securityGroupRuleId: 'sgr-2' },
          ],
        },
      },
    },
    state: rules(rule('sgr-1', {})),
    expect: { verdict: 'violates', plan: revoke('sgr-1') },
  },
  {
    name: 'half of all addresses can be configured to be everyone, and other ports',
    event: ingress,
    state: rules(
      rule('sgr-1', { CidrIpv4: '128.0.0.0/1', FromPort: 5432, ToPort: 5432 }),
      rule('sgr-2', {}),
    ),
    settings: { ports: [5432], networkIpv4: 8 },
    expect: {
      verdict: 'violates',
      reason: 'TCP port 5432 is open to 128.0.0.0/1',
      plan: revoke('sgr-1'),
    },
  },
  {
    name: 'private networks are trusted however wide everyone is set',
    event: ingress,
    state: rules(
      rule('sgr-1', { CidrIpv4: '10.64.0.0/10' }),
      rule('sgr-2', { CidrIpv4: '172.16.0.0/12' }),
    ),
    settings: { networkIpv4: 16 },
    expect: { verdict: 'complies', reason: 'no rule opens port 22 and 3389 to everyone' },
  },
  {
    name: 'HTTPS for everyone, ICMP, a prefix list and a group comply',
    event: ingress,
    state: rules(
      out,
      rule('sgr-1', { FromPort: 443, ToPort: 443 }),
      rule('sgr-2', { IpProtocol: 'icmp', FromPort: 22, ToPort: -1 }),
      {
        SecurityGroupRuleId: 'sgr-3',
        IpProtocol: 'tcp',
        FromPort: 22,
        ToPort: 22,
        PrefixListId: 'pl-02cd2c6b',
      },
      {
        SecurityGroupRuleId: 'sgr-4',
        IpProtocol: '-1',
        ReferencedGroupInfo: { GroupId: 'sg-0123456789abcdef0' },
      },
    ),
    expect: { verdict: 'complies', reason: 'no rule opens port 22 and 3389 to everyone' },
  },
  {
    name: 'SSH from one network complies',
    event: ingress,
    state: rules(rule('sgr-1', { CidrIpv4: '203.0.113.0/24' })),
    expect: { verdict: 'complies' },
  },
  {
    name: 'a group that is gone has no rules',
    event: ingress,
    expect: { verdict: 'complies', reason: 'no rule opens port 22 and 3389 to everyone' },
  },
  {
    name: 'rules that may not be read are undetermined',
    event: ingress,
    state: { 'ec2:DescribeSecurityGroupRules': { $refused: 'UnauthorizedOperation' } },
    expect: {
      verdict: 'undetermined',
      reason: 'ec2:DescribeSecurityGroupRules was refused: denied (UnauthorizedOperation)',
    },
  },
  {
    name: "a group of another account is that account's matter",
    event: {
      ...ingress,
      responseElements: {
        securityGroupRuleSet: { items: [{ groupOwnerId: '777777777777', groupId: group }] },
      },
    },
    expect: { verdict: 'ignored' },
  },
  {
    name: 'a call that failed is ignored',
    event: { ...ingress, errorCode: 'Client.UnauthorizedOperation', responseElements: null },
    expect: { verdict: 'ignored' },
  },
]);
