import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { codeOf } from '../answer';
import { eachAtMost } from '../organization/each';
import type { Check } from './check';

const AT_ONCE = 5;

/** An account that was invited has no role of Organizations' making, and its stack can't be deployed. */
export const deploymentRoles: Check = {
  id: 'deployment roles',
  permissions: ['sts:AssumeRole'],
  by: 'your own credentials',
  async look({ configuration: { accounts, regions, roles }, access }) {
    const asked = await eachAtMost(AT_ONCE, accounts, async ({ id, kind, name }) => {
      const role = roles[kind];
      const sts = new STSClient(access(id, regions.home));
      try {
        const { Account: account } = await sts.send(new GetCallerIdentityCommand({}));
        return { id, name, role, why: account === id ? undefined : `it is account ${account}` };
      } catch (error) {
        return { id, name, role, why: codeOf(error) };
      }
    });
    const shut = asked.filter(({ why }) => why !== undefined);
    if (shut.length === 0)
      return [{ level: 'ok', found: `the deployment can act in all ${asked.length} accounts` }];
    return shut.map(({ id, name, role, why }) => ({
      level: 'fail' as const,
      found: `the deployment cannot act in account ${id} (${name}) as ${role ?? 'yourself'}: ${why}`,
      remedy:
        role === null
          ? 'use credentials of that account, or name a role under deployment.roles'
          : `make the role ${role} there, trusting the management account, or name another under deployment.roles; your credentials need sts:AssumeRole on it`,
    }));
  },
};
