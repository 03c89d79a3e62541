import { z } from 'zod';
import { complies, defineGuardrail, look, settings, violates, whenSucceeded } from '#core';
import { ec2, type SecurityGroup, securityGroupsOf } from '#core/operations/ec2';
import { exposureOf } from './exposure';

const port = z.int().min(0).max(65535);

export default defineGuardrail({
  id: 'ec2.security-group-open',
  version: 1,
  title: 'Security group opened to everyone',
  severity: 'critical',
  why: 'Anyone on the internet can try to sign in to what is behind it.',
  limits: [
    'Prefix lists are not read: a rule that names one which contains 0.0.0.0/0 is not caught.',
    'Rules that name another security group are not judged by what may reach that group.',
    'Many narrow networks that together are everyone are not added up; see networkIpv4.',
    'A rule that was widened is revoked, not narrowed back; the decision keeps what it was.',
    'Whether anything uses the group, or a network ACL shields it, is not asked.',
  ],
  frameworks: {
    'cis-5.0': ['5.3', '5.4'],
    fsbp: ['EC2.18'],
    'nist-800-53-r5': ['AC-4', 'CM-7', 'SC-7'],
    attack: ['T1562.007', 'T1133'],
  },
  disrupts: 'New connections from outside to these ports fail; use a VPN or Session Manager.',
  settings: settings({
    ports: z
      .array(port)
      .min(1)
      .default([22, 3389])
      .describe('TCP and UDP ports that may not be open to everyone'),
    networkIpv4: z
      .int()
      .min(0)
      .max(32)
      .default(0)
      .describe('An IPv4 network with this prefix length or a shorter one is everyone'),
    networkIpv6: z
      .int()
      .min(0)
      .max(128)
      .default(0)
      .describe('An IPv6 network with this prefix length or a shorter one is everyone'),
    trusted: z
      .array(z.union([z.cidrv4(), z.cidrv6()]))
      .default(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'])
      .describe('Networks that are never everyone, with all that lies within them'),
  }),

  triggers: whenSucceeded(ec2.authorizeSecurityGroupIngress, ec2.modifySecurityGroupRules),
  reads: [ec2.describeSecurityGroupRules],
  writes: [ec2.revokeSecurityGroupIngress],

  resources: securityGroupsOf,

  *observe(group: SecurityGroup) {
    const described = yield* look(
      ec2.describeSecurityGroupRules(group, {
        Filters: [{ Name: 'group-id', Values: [group.id] }],
        MaxResults: 1000,
      }),
    );
    const rules = described?.SecurityGroupRules ?? [];
    return { ingress: rules.filter(({ IsEgress }) => IsEgress !== true) };
  },

  judge({ state, settings }) {
    const open = state.ingress.flatMap((rule) => exposureOf(rule, settings) ?? []);
    if (open.length > 0) return violates([...new Set(open)].join(', '));
    const ports = settings.ports.join(' and ');
    return complies(`no rule opens port ${ports} to everyone`);
  },

  plan({ resource: group, state, settings }) {
    const offending = state.ingress.filter((rule) => exposureOf(rule, settings) !== undefined);
    const ids = offending.flatMap(({ SecurityGroupRuleId }) => SecurityGroupRuleId ?? []);
    return [
      ec2.revokeSecurityGroupIngress(group, { GroupId: group.id, SecurityGroupRuleIds: ids }),
    ];
  },
});
