import type * as IAM from '@aws-sdk/client-iam';
import { UnjudgeableEvent } from '../errors';
import type { TrailEvent } from '../event';
import { textAt } from '../json';
import { operation } from '../operation';
import type { Resource } from '../resource';
import { type RootUser, rootUsersOf } from './signin';

/** A user; events do not tell its path, so its ARN is without one (docs/decisions/0009). */
export interface User extends Resource {
  readonly type: 'AWS::IAM::User';
  readonly name: string;
}

/** A user's access key. Keys have no ARN: their user's stands for them, as in IAM's policies. */
export interface AccessKey extends Resource {
  readonly type: 'AWS::IAM::AccessKey';
  readonly user: string;
  readonly id: string;
}

/** The policy of AWS's own that denies everything. */
export const DENY_ALL = 'arn:aws:iam::aws:policy/AWSDenyAll';

/** IAM's events appear in us-east-1 only; its calls go to one endpoint for the partition. */
const iamFacts = (name: string) => ({
  id: `iam:${name}`,
  sdk: { client: 'IAMClient', command: `${name}Command` },
  iam: [`iam:${name}`],
  scope: 'arn:{partition}:iam::{account}:user/*',
  trail: { source: 'iam.amazonaws.com', names: [name], region: 'us-east-1' as const },
  secret: [],
});

const listing = (name: string, list: string) => ({
  ...iamFacts(name),
  sdk: {
    client: 'IAMClient',
    command: `${name}Command`,
    pages: { list, next: 'Marker', from: 'Marker' },
  },
});

/** The SDK's name of the error, and the service's. */
const NO_ENTITY = ['NoSuchEntityException', 'NoSuchEntity'];

export const iam = {
  createUser: operation<IAM.CreateUserCommandInput, IAM.CreateUserCommandOutput>()({
    ...iamFacts('CreateUser'),
    access: 'write',
    absentOn: [],
  }),
  createAccessKey: operation<IAM.CreateAccessKeyCommandInput, IAM.CreateAccessKeyCommandOutput>()({
    ...iamFacts('CreateAccessKey'),
    access: 'write',
    absentOn: [],
    secret: ['AccessKey.SecretAccessKey'],
  }),
  getUser: operation<IAM.GetUserCommandInput, IAM.GetUserCommandOutput>()({
    ...iamFacts('GetUser'),
    access: 'read',
    absentOn: NO_ENTITY,
  }),
  listAccessKeys: operation<IAM.ListAccessKeysCommandInput, IAM.ListAccessKeysCommandOutput>()({
    ...listing('ListAccessKeys', 'AccessKeyMetadata'),
    access: 'read',
    absentOn: NO_ENTITY,
  }),
  listAttachedUserPolicies: operation<
    IAM.ListAttachedUserPoliciesCommandInput,
    IAM.ListAttachedUserPoliciesCommandOutput
  >()({
    ...listing('ListAttachedUserPolicies', 'AttachedPolicies'),
    access: 'read',
    absentOn: NO_ENTITY,
  }),
  getAccountSummary: operation<
    IAM.GetAccountSummaryCommandInput,
    IAM.GetAccountSummaryCommandOutput
  >()({
    ...iamFacts('GetAccountSummary'),
    // It speaks of the account as a whole and knows no resource.
    scope: '*',
    access: 'read',
    absentOn: [],
  }),
  updateAccessKey: operation<IAM.UpdateAccessKeyCommandInput, IAM.UpdateAccessKeyCommandOutput>()({
    ...iamFacts('UpdateAccessKey'),
    access: 'write',
    absentOn: [],
  }),
  attachUserPolicy: operation<
    IAM.AttachUserPolicyCommandInput,
    IAM.AttachUserPolicyCommandOutput
  >()({
    ...iamFacts('AttachUserPolicy'),
    access: 'write',
    absentOn: [],
    // Whoever may attach any policy may make anybody an administrator.
    onlyWith: {
      key: 'iam:PolicyARN',
      value: 'arn:{partition}:iam::aws:policy/AWSDenyAll',
      input: 'PolicyArn',
    },
  }),
} as const;

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html
const USER_NAME = /^[\w+=,.@-]{1,64}$/;
const KEY_ID = /^\w{16,128}$/;

const userArn = (account: string, name: string): string => {
  if (!USER_NAME.test(name)) throw new UnjudgeableEvent('the event names no possible user');
  return `arn:aws:iam::${account}:user/${name}`;
};

/**
 * The user that a CreateUser call made.
 * @throws UnjudgeableEvent where the name cannot be a user's.
 */
export function usersOf({ request, response, account, region }: TrailEvent): readonly User[] {
  const name = textAt(request, 'userName') ?? textAt(response, 'user', 'userName');
  if (name === undefined) return [];
  return [{ type: 'AWS::IAM::User', arn: userArn(account, name), account, region, name }];
}

/**
 * The access key that a CreateAccessKey call made, or the root user where it is one of that user's.
 * Who makes a key for himself need not name himself: the request may be null.
 * @throws UnjudgeableEvent where user or key are not told, or cannot be one's.
 */
export function accessKeysOf(event: TrailEvent): readonly (AccessKey | RootUser)[] {
  const { request, response, caller, account, region } = event;
  const named = textAt(request, 'userName') ?? textAt(response, 'accessKey', 'userName');
  if (named === undefined && caller.type === 'Root') return rootUsersOf(event);
  const user = named ?? (caller.type === 'IAMUser' ? caller.name : undefined);
  const id = textAt(response, 'accessKey', 'accessKeyId');
  if (user === undefined) throw new UnjudgeableEvent('the event does not tell whose key it is');
  if (id === undefined || !KEY_ID.test(id))
    throw new UnjudgeableEvent('the event names no possible access key');
  return [{ type: 'AWS::IAM::AccessKey', arn: userArn(account, user), account, region, user, id }];
}
