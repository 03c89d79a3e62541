import { names, roleArn } from '#core';

/** What of the deployment the organization's policies must let through. */
export interface Exempt {
  readonly partition: string;
  /** Names of the roles the deployment assumes in member accounts. */
  readonly deployment: readonly string[];
}

/**
 * The roles that *protect* and *quarantine* leave alone: Parapet's own, those that deploy it, the
 * ones service-managed StackSets make, and Control Tower's. *protect* also forbids everybody else to
 * make or change a role of such a name: else any administrator could exempt himself.
 */
export const exemptRoles = ({ partition, deployment }: Exempt): readonly string[] =>
  [
    names.forwardingRole,
    names.readerRole,
    names.remediationRole('*'),
    ...new Set(deployment),
    'stacksets-exec-*',
    'AWSControlTowerExecution',
  ].map((name) => roleArn(partition, '*', name));

/** Holds for everybody but the exempt roles. */
export const notExempt = (exempt: Exempt) => ({
  ArnNotLike: { 'aws:PrincipalArn': exemptRoles(exempt) },
});
