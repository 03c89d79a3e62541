import { at, isObject, type Json, textAt } from '#core';
import { answered, lowered, type Recorded, type Shape } from './shape';

const REQUEST_ID = '00000000-0000-4000-8000-000000000000';

/** A list as EC2 writes it: empty ones have no items. */
const items = (list: readonly Json[]): Json => (list.length > 0 ? { items: list } : {});
const listAt = (value: Json, key: string): readonly Json[] => {
  const list = at(value, key);
  return Array.isArray(list) ? list : [];
};

/** Some have words of EC2's own, the newer ones a wrapper; see `sandbox/plugin` for all of them. */
export const ec2Shape: Shape = {
  request: (call) => (REQUESTS[call.operation] ?? (({ input }) => lowered(input)))(call),
  response: (call) => {
    const {
      SecurityGroupRules,
      Return: _,
      ...rest
    } = answered(call) as {
      readonly [key: string]: Json;
    };
    const rules = Array.isArray(SecurityGroupRules) ? SecurityGroupRules : [];
    return {
      requestId: REQUEST_ID,
      _return: true,
      ...(lowered(rest) as object),
      ...(rules.length > 0 ? { securityGroupRuleSet: items(rules.map(lowered)) } : {}),
    };
  },
};

const REQUESTS: Readonly<Record<string, (call: Recorded) => Json>> = {
  'ec2:CreateSecurityGroup': ({ input }) => ({
    groupName: textAt(input, 'GroupName') ?? '',
    groupDescription: textAt(input, 'Description') ?? '',
  }),
  'ec2:AuthorizeSecurityGroupIngress': ({ input }) => {
    const { IpPermissions, ...flat } = input as { readonly [key: string]: Json };
    const permissions = Array.isArray(IpPermissions) ? IpPermissions : [];
    return {
      ...(lowered(flat) as object),
      ipPermissions: items(permissions.map(permissionItem)),
    };
  },
  'ec2:RevokeSecurityGroupIngress': ({ input }) => ({
    groupId: textAt(input, 'GroupId') ?? '',
    securityGroupRuleIds: items(
      listAt(input, 'SecurityGroupRuleIds').map((id) => ({ securityGroupRuleId: id })),
    ),
  }),
  // One element of a list stands alone, with its place as `tag`.
  'ec2:ModifySecurityGroupRules': ({ input }) => {
    const tagged = listAt(input, 'SecurityGroupRules').map((rule, index) => ({
      ...(isObject(rule) ? rule : {}),
      tag: index + 1,
    }));
    return {
      ModifySecurityGroupRulesRequest: {
        GroupId: textAt(input, 'GroupId') ?? '',
        SecurityGroupRule: tagged.length === 1 ? (tagged[0] ?? null) : tagged,
      },
    };
  },
};

function permissionItem(permission: Json): Json {
  const { IpRanges: _, Ipv6Ranges: __, ...rest } = permission as { readonly [key: string]: Json };
  return {
    ...(lowered(rest) as object),
    groups: {},
    ipRanges: items(listAt(permission, 'IpRanges').map(lowered)),
    ipv6Ranges: items(listAt(permission, 'Ipv6Ranges').map(lowered)),
    prefixListIds: {},
  };
}
