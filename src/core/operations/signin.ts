import type { TrailEvent } from '../event';
import { operation } from '../operation';
import type { Resource } from '../resource';

export interface RootUser extends Resource {
  readonly type: 'AWS::IAM::RootUser';
}

export const signin = {
  /** Recorded, but nothing one can call. The Region differs by who signs in, and how. */
  consoleLogin: operation<never, never>()({
    id: 'signin:ConsoleLogin',
    access: 'write',
    iam: [],
    scope: '',
    trail: { source: 'signin.amazonaws.com', names: ['ConsoleLogin'], region: 'any' },
    absentOn: [],
    secret: [],
  }),
} as const;

/** The root user of the account, where it was the root user who signed in. */
export function rootUsersOf(event: TrailEvent): readonly RootUser[] {
  if (event.caller.type !== 'Root') return [];
  const { account, region } = event;
  return [{ type: 'AWS::IAM::RootUser', arn: `arn:aws:iam::${account}:root`, account, region }];
}
