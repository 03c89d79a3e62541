import type * as IAM from '@aws-sdk/client-iam';
import { z } from 'zod';

const PATH = /^\/[\x21-\x7e]+\/$/;

/** The settings by which a guardrail lets some users be: any one of them is enough. */
export const allowedUsers = {
  users: z
    .array(z.string().regex(/^[\w+=,.@-]{1,64}$/))
    .default([])
    .describe('Names of users that are let be, such as one to break the glass'),
  paths: z
    .array(z.string().regex(PATH, 'a path begins and ends with /'))
    .default([])
    .describe('Users whose path begins with one of these are let be, e.g. /service/'),
  tags: z
    .record(z.string().min(1).max(128), z.string().max(256))
    .default({})
    .describe('Users that carry one of these tags are let be'),
};

export interface Allowed {
  readonly users: readonly string[];
  readonly paths: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** Why a user is let be, as a clause; undefined where nothing speaks for it. */
export function whyAllowed(user: IAM.User, { users, paths, tags }: Allowed): string | undefined {
  const { UserName = '', Path = '/', Tags = [] } = user;
  if (users.includes(UserName)) return `the user ${UserName} is allowed by name`;
  const path = paths.find((one) => Path.startsWith(one));
  if (path !== undefined) return `users with the path ${path} are allowed`;
  const tag = Tags.find(
    ({ Key, Value }) => Object.hasOwn(tags, Key ?? '') && tags[Key ?? ''] === Value,
  );
  return tag && `users with the tag ${tag.Key} = ${tag.Value} are allowed`;
}
