import { accountIn } from './arn';

export interface Organization {
  readonly id: string;
  /** SCPs and RCPs do not bind this account. */
  readonly managementAccount: string;
}

/** What a user, a role and a root user have in common. */
interface Member {
  /** The organization its account is in; absent where it is in none. */
  readonly organization?: Organization;
  readonly tags?: Readonly<Record<string, string>>;
  /** IAM's unique id, `AROA…` or `AIDA…`; without it the request has no `aws:userid`. */
  readonly uniqueId?: string;
  /** S3's name for its account. */
  readonly canonicalUser?: string;
}

export interface RoleSession extends Member {
  readonly kind: 'role-session';
  readonly roleArn: string;
  readonly sessionName: string;
  readonly sourceIdentity?: string;
}
export interface User extends Member {
  readonly kind: 'user';
  readonly arn: string;
}
export interface RootUser extends Member {
  readonly kind: 'root';
  readonly account: string;
}

/** Who asks. A service that acts through a role is a role session. */
export type Principal =
  | RoleSession
  | User
  | RootUser
  | { readonly kind: 'service'; readonly service: string }
  /** A web identity or SAML provider that vouches for the caller of AssumeRoleWith…. */
  | { readonly kind: 'identity-provider'; readonly provider: string }
  | { readonly kind: 'anonymous' };

/** One action on one resource. */
export interface Request {
  readonly principal: Principal;
  /** As IAM names it, e.g. `events:PutEvents`. */
  readonly action: string;
  /** An ARN, or `*` for an action that knows no resource. */
  readonly resource: string;
  readonly resourceAccount: string;
  readonly resourceOrganization?: Organization;
  readonly region?: string;
  /** The moment of the request; without it, conditions on the time find no key. */
  readonly at?: Date;
  /** All further condition keys, in any case. What principal and resource imply is filled in. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** The ARN a session goes by in a Principal element: the role's path is not in it. */
export function sessionArn({ roleArn, sessionName }: RoleSession): string {
  const [arn, partition, , , account] = roleArn.split(':');
  return `${arn}:${partition}:sts::${account}:assumed-role/${nameIn(roleArn)}/${sessionName}`;
}

/** The last part of an ARN's path: the name of a user or role. */
export const nameIn = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** The principal's account, or undefined where it acts for none. */
export function accountOf(principal: Principal): string | undefined {
  switch (principal.kind) {
    case 'role-session':
      return accountIn(principal.roleArn);
    case 'user':
      return accountIn(principal.arn);
    case 'root':
      return principal.account;
    case 'service':
    case 'identity-provider':
    case 'anonymous':
      return undefined;
  }
}

/** The organization of the principal's account. */
export const organizationOf = (principal: Principal): Organization | undefined =>
  'organization' in principal ? principal.organization : undefined;

/** Whether it is a session of a service-linked role, which neither SCPs nor RCPs bind. */
export const isServiceLinked = (principal: Principal): boolean =>
  principal.kind === 'role-session' && principal.roleArn.includes(':role/aws-service-role/');
