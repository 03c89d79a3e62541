import {
  evaluate,
  type Policies,
  type Policy,
  parsePolicy,
  type Request,
  type ResourcePolicy,
  type RoleSession,
} from './iam';
import type { Deployed } from './model';
import type { TwinOrganization } from './organization';

/** Whether something is allowed, and the sentence that says why. */
export interface Ruling {
  readonly allowed: boolean;
  readonly reason: string;
}

/** Judges who may do what, from the policies of the deployment. */
export interface Authority {
  /** A service such as `events.amazonaws.com`, by the resource's policy alone. */
  service(service: string, request: Asked, policy: ResourcePolicy | undefined): Ruling;
  /** A session of a role of the deployment. */
  session(session: Session, request: Asked, policy?: ResourcePolicy): Ruling;
  /** Somebody with all rights in his account: only SCPs and the resource's policy bind him. */
  administrator(arn: Who, request: Asked, policy?: ResourcePolicy): Ruling;
}

/** A request without its principal. */
export type Asked = Pick<Request, 'action' | 'resource' | 'resourceAccount' | 'context' | 'region'>;

export interface Session {
  readonly role: string;
  readonly name: string;
  readonly sourceIdentity?: string;
  /** The session policy's text. */
  readonly policy?: string;
}

/** A role session that is not part of the deployment. */
export type Who = Pick<RoleSession, 'roleArn' | 'sessionName'>;

const EVERYTHING: Policy = parsePolicy(
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
  'full access',
);

export function authorityOf(
  deployed: Deployed,
  organization: TwinOrganization,
  now: () => Date,
): Authority {
  const { id, managementAccount, levels } = organization;
  const memberOf = (arn: string) => {
    const account = arn.split(':')[4] ?? '';
    return levels.has(account) ? { organization: { id, managementAccount } } : {};
  };
  // AWS attaches FullAWSAccess at each level; ours stand beside it and deny.
  const scpsFor = (arn: string) =>
    (levels.get(arn.split(':')[4] ?? '') ?? []).map((level) => [
      EVERYTHING,
      ...(deployed.scps.get(level) ?? []),
    ]);
  const ruling = (request: Request, policies: Policies): Ruling => {
    const { allowed, reason } = evaluate({ ...request, at: now() }, policies);
    return { allowed, reason };
  };
  const owner = (account: string) =>
    levels.has(account) ? { resourceOrganization: { id, managementAccount } } : {};

  return {
    service: (service, asked, policy) =>
      ruling(
        { ...asked, ...owner(asked.resourceAccount), principal: { kind: 'service', service } },
        policy ? { resource: policy } : {},
      ),

    session({ role, name, sourceIdentity, policy: narrowed }, asked, policy) {
      const known = deployed.roles.get(role);
      if (!known) return { allowed: false, reason: `there is no role ${role}` };
      const principal: RoleSession = {
        kind: 'role-session',
        roleArn: role,
        sessionName: name,
        ...memberOf(role),
        ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
      };
      return ruling(
        { ...asked, ...owner(asked.resourceAccount), principal },
        {
          identity: [...known.policies.values()],
          scps: scpsFor(role),
          ...(narrowed === undefined ? {} : { session: parsePolicy(narrowed, 'session policy') }),
          ...(policy ? { resource: policy } : {}),
        },
      );
    },

    administrator: ({ roleArn, sessionName }, asked, policy) =>
      ruling(
        {
          ...asked,
          ...owner(asked.resourceAccount),
          principal: { kind: 'role-session', roleArn, sessionName, ...memberOf(roleArn) },
        },
        { identity: [EVERYTHING], scps: scpsFor(roleArn), ...(policy ? { resource: policy } : {}) },
      ),
  };
}
