import type * as EC2 from '@aws-sdk/client-ec2';
import { UnjudgeableEvent } from '../errors';
import type { TrailEvent } from '../event';
import { at, type Json, textAt } from '../json';
import { operation } from '../operation';
import type { Resource } from '../resource';

export interface SecurityGroup extends Resource {
  readonly type: 'AWS::EC2::SecurityGroup';
  /** `sg-` and 8 or 17 hexadecimal digits. */
  readonly id: string;
}

const groupFacts = (name: string) => ({
  id: `ec2:${name}`,
  sdk: { client: 'EC2Client', command: `${name}Command` },
  iam: [`ec2:${name}`],
  scope: 'arn:{partition}:ec2:*:{account}:security-group/*',
  trail: { source: 'ec2.amazonaws.com', names: [name], region: 'own' as const },
  secret: [],
});

export const ec2 = {
  authorizeSecurityGroupIngress: operation<
    EC2.AuthorizeSecurityGroupIngressCommandInput,
    EC2.AuthorizeSecurityGroupIngressCommandOutput
  >()({ ...groupFacts('AuthorizeSecurityGroupIngress'), access: 'write', absentOn: [] }),
  modifySecurityGroupRules: operation<
    EC2.ModifySecurityGroupRulesCommandInput,
    EC2.ModifySecurityGroupRulesCommandOutput
  >()({ ...groupFacts('ModifySecurityGroupRules'), access: 'write', absentOn: [] }),
  revokeSecurityGroupIngress: operation<
    EC2.RevokeSecurityGroupIngressCommandInput,
    EC2.RevokeSecurityGroupIngressCommandOutput
  >()({ ...groupFacts('RevokeSecurityGroupIngress'), access: 'write', absentOn: [] }),
  describeSecurityGroupRules: operation<
    EC2.DescribeSecurityGroupRulesCommandInput,
    EC2.DescribeSecurityGroupRulesCommandOutput
  >()({
    ...groupFacts('DescribeSecurityGroupRules'),
    sdk: {
      client: 'EC2Client',
      command: 'DescribeSecurityGroupRulesCommand',
      pages: { list: 'SecurityGroupRules', next: 'NextToken', from: 'NextToken' },
    },
    // EC2's describing actions know no resource.
    scope: '*',
    access: 'read',
    absentOn: ['InvalidGroup.NotFound'],
  }),
} as const;

const GROUP_ID = /^sg-[0-9a-f]{8}([0-9a-f]{9})?$/;

/**
 * The security groups whose rules a call changed, in the account that owns them. The request names
 * one by `groupId`, in EC2's newer form inside a wrapper, or in a default VPC by its name alone:
 * then only the answer has the id.
 * @throws UnjudgeableEvent where no id is told, or it cannot be a security group's.
 */
export function securityGroupsOf(event: TrailEvent): readonly SecurityGroup[] {
  const { request, response, account, region } = event;
  const named =
    textAt(request, 'groupId') ?? textAt(request, 'ModifySecurityGroupRulesRequest', 'GroupId');
  const rules = rulesIn(response);
  const owned = rules.filter((rule) => (textAt(rule, 'groupOwnerId') ?? account) === account);
  if (rules.length > 0 && owned.length === 0) return [];
  const told = owned.flatMap((rule) => textAt(rule, 'groupId') ?? []);
  const ids = [...new Set(named === undefined ? told : [named])];
  if (ids.length === 0) throw new UnjudgeableEvent('the event names no security group by its id');
  return ids.map((id) => {
    if (!GROUP_ID.test(id))
      throw new UnjudgeableEvent('the event names no possible security group');
    const arn = `arn:aws:ec2:${region}:${account}:security-group/${id}`;
    return { type: 'AWS::EC2::SecurityGroup', arn, account, region, id };
  });
}

function rulesIn(response: Json): readonly Json[] {
  const items = at(response, 'securityGroupRuleSet', 'items');
  return Array.isArray(items) ? items : [];
}
