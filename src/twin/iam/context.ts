import type { Context } from './policy';
import {
  accountOf,
  nameIn,
  type Principal,
  type Request,
  type RoleSession,
  type RootUser,
  type User,
} from './request';

type Facts = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * The request's context, with the global keys that follow from principal and resource. What follows
 * from them cannot be overridden by `request.context`; SecureTransport can.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function contextOf(request: Request): Context {
  const seconds = request.at && Math.floor(request.at.getTime() / 1000);
  const implied: Facts = {
    ...principalFacts(request.principal),
    'aws:ResourceAccount': request.resourceAccount,
    'aws:ResourceOrgID': request.resourceOrganization?.id,
    'aws:RequestedRegion': request.region,
    'aws:CurrentTime': timeOf(request.at),
    'aws:EpochTime': seconds === undefined || Number.isNaN(seconds) ? undefined : String(seconds),
  };
  const context = new Map<string, readonly string[]>();
  for (const facts of [{ 'aws:SecureTransport': 'true' }, request.context ?? {}, implied]) {
    for (const [key, value] of Object.entries<string | readonly string[] | undefined>(facts)) {
      if (value !== undefined)
        context.set(key.toLowerCase(), typeof value === 'string' ? [value] : value);
    }
  }
  return context;
}

const timeOf = (at: Date | undefined): string | undefined =>
  at === undefined || Number.isNaN(at.getTime()) ? undefined : at.toISOString();

function principalFacts(principal: Principal): Facts {
  switch (principal.kind) {
    case 'role-session':
      return {
        ...memberFacts(principal, 'AssumedRole'),
        // The role's ARN, not the session's.
        'aws:PrincipalArn': principal.roleArn,
        'aws:SourceIdentity': principal.sourceIdentity,
        'aws:userid': principal.uniqueId && `${principal.uniqueId}:${principal.sessionName}`,
      };
    case 'user':
      return {
        ...memberFacts(principal, 'User'),
        'aws:PrincipalArn': principal.arn,
        'aws:username': nameIn(principal.arn),
        'aws:userid': principal.uniqueId,
      };
    case 'root':
      return {
        ...memberFacts(principal, 'Account'),
        'aws:PrincipalArn': `arn:aws:iam::${principal.account}:root`,
        'aws:userid': principal.account,
      };
    case 'service':
      return {
        'aws:PrincipalIsAWSService': 'true',
        'aws:PrincipalServiceName': principal.service,
        'aws:PrincipalServiceNamesList': [principal.service],
      };
    case 'identity-provider':
      return {};
    case 'anonymous':
      return { 'aws:PrincipalType': 'Anonymous' };
  }
}

function memberFacts(principal: RoleSession | User | RootUser, type: string): Facts {
  const tags = Object.entries(principal.tags ?? {});
  return {
    'aws:PrincipalType': type,
    'aws:PrincipalAccount': accountOf(principal),
    'aws:PrincipalOrgID': principal.organization?.id,
    'aws:PrincipalIsAWSService': 'false',
    ...Object.fromEntries(tags.map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
  };
}
