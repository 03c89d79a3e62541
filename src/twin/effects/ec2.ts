import { at, isObject, type Json, type JsonObject, textAt } from '#core';
import { idFrom } from '../ids';
import { type Effect, found, refused } from './effect';
import { put, under } from './state';

/** A security group as the twin keeps it; rule id → rule as EC2 describes it. */
interface Group {
  readonly name: string;
  /** How many rules it ever had: the ids of new ones go on from there. */
  readonly count: number;
  readonly rules: Readonly<Record<string, JsonObject>>;
}
type Place = { readonly account: string; readonly region: string };
interface Found {
  readonly id: string;
  readonly group: Group;
}

const idLike = (prefix: string, ...from: readonly string[]): string =>
  prefix + idFrom(JSON.stringify(from)).replaceAll('-', '').slice(0, 17);

/** By its id or, in the default VPC, by its name. */
function groupIn(world: Json, { region }: Place, input: Json): Found | undefined {
  const groups = Object.entries(under(world, 'ec2', region)) as unknown as [string, Group][];
  const id = textAt(input, 'GroupId');
  const name = textAt(input, 'GroupName');
  const entry = groups.find(([known, group]) =>
    id === undefined ? group.name === name : known === id,
  );
  return entry && { id: entry[0], group: entry[1] };
}

const NO_GROUP = refused('InvalidGroup.NotFound');

/** Changes a group, or refuses with a code. */
const writing =
  (
    write: (found: Found, input: Json, on: Place) => { group: Group; answer?: Json } | string,
  ): Effect =>
  (world, { input, on }) => {
    const one = groupIn(world, on, input);
    if (!one) return { world, answer: NO_GROUP };
    const written = write(one, input, on);
    if (typeof written === 'string') return { world, answer: refused(written) };
    return {
      world: put(world, ['ec2', on.region, one.id], written.group),
      answer: found({ Return: true, ...(isObject(written.answer) ? written.answer : {}) }),
    };
  };

/** What is asked for: one rule for each network of each permission, in either form of the request. */
function askedFor(input: Json): readonly JsonObject[] {
  const nested = at(input, 'IpPermissions');
  if (!Array.isArray(nested)) {
    const source = textAt(input, 'CidrIp');
    return [{ ...portsOf(input), ...(source === undefined ? {} : { CidrIpv4: source }) }];
  }
  return nested.flatMap((permission) => [
    ...networks(permission, 'IpRanges', 'CidrIp').map((one) => ({
      ...portsOf(permission),
      CidrIpv4: one,
    })),
    ...networks(permission, 'Ipv6Ranges', 'CidrIpv6').map((one) => ({
      ...portsOf(permission),
      CidrIpv6: one,
    })),
  ]);
}

const portsOf = (permission: Json): JsonObject => ({
  IpProtocol: textAt(permission, 'IpProtocol') ?? '-1',
  FromPort: at(permission, 'FromPort') ?? -1,
  ToPort: at(permission, 'ToPort') ?? -1,
});

function networks(permission: Json, list: string, key: string): readonly string[] {
  const ranges = at(permission, list);
  return Array.isArray(ranges) ? ranges.flatMap((range) => textAt(range, key) ?? []) : [];
}

const sameRule = (one: JsonObject, other: JsonObject): boolean =>
  ['IsEgress', 'IpProtocol', 'FromPort', 'ToPort', 'CidrIpv4', 'CidrIpv6'].every(
    (key) => one[key] === other[key],
  );

function authorize({ id, group }: Found, input: Json, { account }: Place) {
  const added = askedFor(input).map((rule, index) => ({
    SecurityGroupRuleId: idLike('sgr-', account, id, String(group.count + index)),
    GroupId: id,
    GroupOwnerId: account,
    IsEgress: false,
    ...rule,
  }));
  const known = Object.values(group.rules);
  if (added.some((rule) => known.some((one) => sameRule(one, rule))))
    return 'InvalidPermission.Duplicate';
  const entries = added.map((rule) => [rule.SecurityGroupRuleId, rule] as const);
  const rules = { ...group.rules, ...Object.fromEntries(entries) };
  return {
    group: { ...group, rules, count: group.count + added.length },
    answer: { SecurityGroupRules: added },
  };
}

function modify({ group }: Found, input: Json) {
  const changes = at(input, 'SecurityGroupRules');
  const rules = { ...group.rules };
  for (const change of Array.isArray(changes) ? changes : []) {
    const id = textAt(change, 'SecurityGroupRuleId') ?? '';
    const rule = rules[id];
    if (!rule) return 'InvalidSecurityGroupRuleId.NotFound';
    const { CidrIpv4: _, CidrIpv6: __, ...kept } = rule;
    rules[id] = { ...kept, ...under(change, 'SecurityGroupRule') };
  }
  return { group: { ...group, rules } };
}

function revoke({ group }: Found, input: Json) {
  const ids = at(input, 'SecurityGroupRuleIds');
  const rules = { ...group.rules };
  for (const id of Array.isArray(ids) ? ids : []) {
    if (!rules[String(id)]) return 'InvalidSecurityGroupRuleId.NotFound';
    delete rules[String(id)];
  }
  return { group: { ...group, rules } };
}

/** The calls on security groups that guardrails and scenarios make. A new group lets all out. */
export const ec2Effects: Readonly<Record<string, Effect>> = {
  'ec2:CreateSecurityGroup': (world, { input, on }) => {
    const name = textAt(input, 'GroupName') ?? '';
    if (groupIn(world, on, { GroupName: name }))
      return { world, answer: refused('InvalidGroup.Duplicate') };
    const id = idLike('sg-', on.account, on.region, name);
    const out = idLike('sgr-', on.account, id, 'out');
    const rules = {
      [out]: {
        SecurityGroupRuleId: out,
        GroupId: id,
        GroupOwnerId: on.account,
        IsEgress: true,
        ...{ IpProtocol: '-1', FromPort: -1, ToPort: -1, CidrIpv4: '0.0.0.0/0' },
      },
    };
    const group: Group = { name, count: 0, rules };
    return { world: put(world, ['ec2', on.region, id], group), answer: found({ GroupId: id }) };
  },
  'ec2:AuthorizeSecurityGroupIngress': writing(authorize),
  'ec2:ModifySecurityGroupRules': writing(modify),
  'ec2:RevokeSecurityGroupIngress': writing(revoke),
  'ec2:DescribeSecurityGroupRules': (world, { input, on }) => {
    const filters = at(input, 'Filters');
    const ids = Array.isArray(filters) ? at(filters[0], 'Values') : [];
    const rules = (Array.isArray(ids) ? ids : []).flatMap((id) =>
      Object.values(under(world, 'ec2', on.region, String(id), 'rules')),
    );
    return { world, answer: found({ SecurityGroupRules: rules }) };
  },
};
