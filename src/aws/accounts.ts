import { STSClient } from '@aws-sdk/client-sts';
import { type AccountKind, nameOf, roleArn } from '#core';
import { assumeRole } from './roles';
import type { Credentials } from './sdk';

/** What a client of an account in a Region is made with. */
export interface AccountClientConfig {
  readonly region: string;
  /** Absent: the caller's own. */
  readonly credentials?: () => Promise<Credentials>;
  readonly endpoint?: string;
  readonly useQueueUrlAsEndpoint: false;
}

/** How an operator's command reaches into accounts: by the role that also deploys there. */
export type AccountAccess = (account: string, region: string) => AccountClientConfig;

export interface AccessOptions {
  readonly partition: string;
  /** The role in each kind of account; null is the caller's own credentials. */
  readonly roles: Readonly<Record<AccountKind, string | null>>;
  readonly accounts: readonly { readonly id: string; readonly kind: AccountKind }[];
  /** Where STS is asked: regional endpoints only. */
  readonly region: string;
  /** @default AWS */
  readonly endpoint?: string | undefined;
}

/** Sessions are told apart in CloudTrail from those that deploy. */
const SESSION = nameOf('operator');

/** One session per account, however many Regions; the clients ask for credentials when they call. */
export function accountAccess(options: AccessOptions): AccountAccess {
  const { partition, roles, accounts, region: home, endpoint } = options;
  const place = { region: home, ...(endpoint === undefined ? {} : { endpoint }) };
  const sts = new STSClient(place);
  const kinds = new Map(accounts.map(({ id, kind }) => [id, kind]));
  const sessions = new Map<string, Promise<Credentials>>();
  const session = (account: string, role: string): Promise<Credentials> => {
    const known = sessions.get(account);
    if (known) return known;
    const made = assumeRole(sts, {
      RoleArn: roleArn(partition, account, role),
      RoleSessionName: SESSION,
    });
    sessions.set(account, made);
    return made;
  };
  return (account, region) => {
    const role = roles[kinds.get(account) ?? 'member'];
    return {
      ...place,
      region,
      useQueueUrlAsEndpoint: false,
      ...(role === null ? {} : { credentials: () => session(account, role) }),
    };
  };
}
