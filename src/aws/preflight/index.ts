import type { Looking } from './check';
import { looked, refused } from './check';
import { delegatedAdministrators } from './delegated-administrators';
import { deploymentRoles } from './deployment-roles';
import { regionsEnabled } from './enabled-regions';
import type { Finding } from './finding';
import { lambdaConcurrency } from './lambda-concurrency';
import { ruleQuota } from './rule-quota';
import {
  type AttachedPolicy,
  readServiceControlPolicies,
  SCP_PERMISSIONS,
} from './service-control-policies';
import { trail } from './trail';
import { trustedAccess } from './trusted-access';

export type { Looking } from './check';
export type { Finding } from './finding';
export type { AttachedPolicy } from './service-control-policies';

const CHECKS = [
  trustedAccess,
  delegatedAdministrators,
  deploymentRoles,
  trail,
  regionsEnabled,
  lambdaConcurrency,
  ruleQuota,
];

/**
 * What the caller judges, since it takes an evaluator of policies. Undefined: the organization has
 * service control policies turned off.
 */
export type JudgePolicies = (
  policies: readonly AttachedPolicy[] | undefined,
  looking: Looking,
) => readonly Finding[];

/**
 * All that can be known before a deployment, one check after the other.
 * @throws the SDK's error where the caller has no valid credentials at all
 */
export async function preflight(
  looking: Looking,
  judge: JudgePolicies,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const check of CHECKS) findings.push(...(await looked(check, looking)));
  return [...findings, ...(await policies(looking, judge))];
}

const SCPS = 'service control policies';

async function policies(looking: Looking, judge: JudgePolicies): Promise<readonly Finding[]> {
  try {
    return judge(await readServiceControlPolicies(looking.organization), looking);
  } catch (error) {
    const by = 'your own credentials, in the management account';
    return [{ check: SCPS, ...refused(error, { permissions: SCP_PERMISSIONS, by }) }];
  }
}
