import { at, type Json, textAt } from '#core';
import { idFrom } from '../ids';
import { absent, type Effect, found, refused } from './effect';
import { put, under } from './state';

/** A user as the twin keeps it. */
interface User {
  readonly path: string;
  readonly tags: readonly Json[];
  /** Key id → whether it is active. */
  readonly keys: Readonly<Record<string, boolean>>;
  /** ARNs of managed policies. */
  readonly attached: readonly string[];
}

const NO_USER = refused('NoSuchEntityException');

const nameIn = (input: Json): string => textAt(input, 'UserName') ?? '';
const userIn = (world: Json, name: string): User | undefined =>
  at(world, 'iam', 'users', name) as User | undefined;
const withUser = (world: Json, name: string, user: User): Json =>
  put(world, ['iam', 'users', name], user);

const arnOf = ({ path }: User, name: string, account: string): string =>
  `arn:aws:iam::${account}:user${path}${name}`;

/** An id as IAM gives them, the same in every run. */
const idLike = (prefix: string, ...from: readonly string[]): string =>
  prefix + idFrom(JSON.stringify(from)).replaceAll('-', '').slice(0, 16).toUpperCase();

const described = (user: User, name: string, account: string) => ({
  Path: user.path,
  UserName: name,
  UserId: idLike('AIDA', account, name),
  Arn: arnOf(user, name, account),
  ...(user.tags.length > 0 ? { Tags: user.tags } : {}),
});

const reading =
  (read: (user: User, name: string, account: string) => Json): Effect =>
  (world, { input, on }) => {
    const user = userIn(world, nameIn(input));
    return { world, answer: user ? found(read(user, nameIn(input), on.account)) : absent };
  };

/**
 * Changes a user, or refuses with a code. IAM judges the user's own ARN, with its path: a session
 * narrowed to another one is denied, which names without a path would not show.
 */
const writing =
  (write: (user: User, input: Json) => User | string): Effect =>
  (world, { input, on }) => {
    const name = nameIn(input);
    const user = userIn(world, name);
    if (!user) return { world, answer: NO_USER };
    if (on.arn !== '' && on.arn !== arnOf(user, name, on.account))
      return { world, answer: refused('AccessDenied') };
    const written = write(user, input);
    if (typeof written === 'string') return { world, answer: refused(written) };
    return { world: withUser(world, name, written), answer: found() };
  };

/** Two keys a user, and ten managed policies: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MOST_KEYS = 2;
const MOST_POLICIES = 10;

const rootKeysIn = (world: Json): number => Number(at(world, 'iam', 'rootKeys') ?? 0);

/** A key of the root user itself, who names nobody. */
function rootKey(world: Json, account: string): ReturnType<Effect> {
  const has = rootKeysIn(world);
  if (has >= MOST_KEYS) return { world, answer: refused('LimitExceededException') };
  const id = idLike('AKIA', account, 'root', String(has));
  const key = { AccessKeyId: id, Status: 'Active', SecretAccessKey: idLike('secret', id) };
  return { world: put(world, ['iam', 'rootKeys'], has + 1), answer: found({ AccessKey: key }) };
}

/** The calls on users that guardrails and scenarios make. */
export const iamEffects: Readonly<Record<string, Effect>> = {
  // The roles are part of the deployment, not of the account's state: the run changes them there.
  'iam:DeleteRolePolicy': (world) => ({ world, answer: found() }),
  'iam:CreateUser': (world, { input, on }) => {
    const name = nameIn(input);
    if (userIn(world, name)) return { world, answer: refused('EntityAlreadyExistsException') };
    const tags = at(input, 'Tags');
    const user: User = {
      path: textAt(input, 'Path') ?? '/',
      tags: Array.isArray(tags) ? tags : [],
      keys: {},
      attached: [],
    };
    const answer = found({ User: described(user, name, on.account) });
    return { world: withUser(world, name, user), answer };
  },
  'iam:CreateAccessKey': (world, { input, on, caller }) => {
    const name = textAt(input, 'UserName') ?? textAt(caller, 'userName');
    if (name === undefined && textAt(caller, 'type') === 'Root') return rootKey(world, on.account);
    if (name === undefined) return { world, answer: refused('ValidationException') };
    const user = userIn(world, name);
    if (!user) return { world, answer: NO_USER };
    const has = Object.keys(user.keys).length;
    if (has >= MOST_KEYS) return { world, answer: refused('LimitExceededException') };
    const id = idLike('AKIA', on.account, name, String(has));
    const key = { UserName: name, AccessKeyId: id, Status: 'Active' };
    return {
      world: withUser(world, name, { ...user, keys: { ...user.keys, [id]: true } }),
      answer: found({ AccessKey: { ...key, SecretAccessKey: idLike('secret', id) } }),
    };
  },
  'iam:GetUser': reading((user, name, account) => ({ User: described(user, name, account) })),
  'iam:ListAccessKeys': reading(({ keys }, name) => ({
    IsTruncated: false,
    AccessKeyMetadata: Object.entries(keys).map(([id, active]) => ({
      UserName: name,
      AccessKeyId: id,
      Status: active ? 'Active' : 'Inactive',
    })),
  })),
  'iam:ListAttachedUserPolicies': reading(({ attached }) => ({
    IsTruncated: false,
    AttachedPolicies: attached.map((arn) => ({
      PolicyArn: arn,
      PolicyName: arn.split('/').at(-1) ?? '',
    })),
  })),
  'iam:GetAccountSummary': (world) => {
    const users = Object.keys(under(world, 'iam', 'users')).length;
    const summary = { Users: users, AccountAccessKeysPresent: rootKeysIn(world) > 0 ? 1 : 0 };
    return { world, answer: found({ SummaryMap: summary }) };
  },
  'iam:UpdateAccessKey': writing((user, input) => {
    const id = textAt(input, 'AccessKeyId') ?? '';
    if (!Object.hasOwn(user.keys, id)) return 'NoSuchEntityException';
    return { ...user, keys: { ...user.keys, [id]: textAt(input, 'Status') === 'Active' } };
  }),
  'iam:AttachUserPolicy': writing((user, input) => {
    const arn = textAt(input, 'PolicyArn') ?? '';
    if (user.attached.includes(arn)) return user;
    if (user.attached.length >= MOST_POLICIES) return 'LimitExceededException';
    return { ...user, attached: [...user.attached, arn] };
  }),
};
