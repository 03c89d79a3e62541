import type { Json } from '#core';
import {
  evaluate,
  type Policy,
  parsePolicy,
  parseResourcePolicy,
  type Request,
  type ResourcePolicy,
  type RoleSession,
} from '#twin/iam/index';

/** Documents as AWS's pages write them; only what the tests repeat is here. */
type Written = { readonly [element: string]: Json };

export const ORGANIZATION = { id: 'o-1', managementAccount: '999999999999' };

export const policy = (...statements: readonly Written[]): Policy =>
  parsePolicy({ Version: '2012-10-17', Statement: statements });

export const resourcePolicy = (...statements: readonly Written[]): ResourcePolicy =>
  parseResourcePolicy({ Version: '2012-10-17', Statement: statements });

export const allow = (more: Written = {}): Written => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: '*',
  ...more,
});

export const deny = (more: Written = {}): Written => ({ ...allow(more), Effect: 'Deny' });

export const worker = (more: Partial<RoleSession> = {}): RoleSession => ({
  kind: 'role-session',
  roleArn: 'arn:aws:iam::111111111111:role/worker',
  sessionName: 'monday',
  organization: ORGANIZATION,
  ...more,
});

/** A worker reading an object of its own account's bucket. */
export const reading = (more: Partial<Request> = {}): Request => ({
  principal: worker(),
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::shelf/book.txt',
  resourceAccount: '111111111111',
  ...more,
});

/** Whether a single Allow with this Condition lets a request with this context through. */
export function passes(condition: Json, context: Request['context'] = {}): boolean {
  return evaluate(reading({ context }), { identity: [policy(allow({ Condition: condition }))] })
    .allowed;
}
