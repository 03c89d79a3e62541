import { nameOf, names } from '#core';
import { AnyResource, type Statement } from '../resources/document';
import { type OrganizationPolicy, organizationPolicy } from './document';
import { type Exempt, exemptRoles, notExempt } from './exemptions';

/**
 * Keeps the administrators of member accounts from taking Parapet out of their account: its rules,
 * its queues, its roles, the account's place in the organization and its Regions.
 */
export const protect = (exempt: Exempt): OrganizationPolicy =>
  organizationPolicy(
    names.protect,
    'Parapet: nobody but the deployment changes what Parapet has in an account',
    [rules(exempt), queues(exempt), roles(exempt), membership(), regions(exempt)].map(
      (statement) => ({ effect: 'Deny', ...statement }) as const,
    ),
  );

const rules = (exempt: Exempt): Statement => ({
  sid: 'KeepRules',
  actions: [
    'events:DeleteRule',
    'events:DisableRule',
    'events:EnableRule',
    'events:PutRule',
    'events:PutTargets',
    'events:RemoveTargets',
    'events:TagResource',
    'events:UntagResource',
  ],
  resources: [`arn:${exempt.partition}:events:*:*:rule/${nameOf('*')}`],
  conditions: notExempt(exempt),
});

const queues = (exempt: Exempt): Statement => ({
  sid: 'KeepQueues',
  actions: [
    'sqs:AddPermission',
    'sqs:DeleteMessage',
    'sqs:DeleteQueue',
    'sqs:PurgeQueue',
    'sqs:RemovePermission',
    'sqs:SetQueueAttributes',
    'sqs:StartMessageMoveTask',
  ],
  resources: [`arn:${exempt.partition}:sqs:*:*:${nameOf('*')}`],
  conditions: notExempt(exempt),
});

const roles = (exempt: Exempt): Statement => ({
  sid: 'KeepRoles',
  actions: [
    'iam:AttachRolePolicy',
    'iam:CreateRole',
    'iam:DeleteRole',
    'iam:DeleteRolePermissionsBoundary',
    'iam:DeleteRolePolicy',
    'iam:DetachRolePolicy',
    'iam:PassRole',
    'iam:PutRolePermissionsBoundary',
    'iam:PutRolePolicy',
    'iam:TagRole',
    'iam:UntagRole',
    'iam:UpdateAssumeRolePolicy',
    'iam:UpdateRole',
    'iam:UpdateRoleDescription',
  ],
  resources: exemptRoles(exempt),
  conditions: notExempt(exempt),
});

/** Nobody is exempt: an account leaves from the management account, where SCPs do not bind. */
const membership = (): Statement => ({
  sid: 'StayInOrganization',
  actions: ['account:CloseAccount', 'organizations:LeaveOrganization'],
  resources: [new AnyResource('the account itself is what is left or closed')],
});

const regions = (exempt: Exempt): Statement => ({
  sid: 'KeepRegions',
  actions: ['account:DisableRegion', 'account:EnableRegion'],
  resources: [new AnyResource('a Region of the account is no resource of its own')],
  conditions: notExempt(exempt),
});
