import type { Authority, Ruling } from './authority';
import type { Deployed } from './model';

/** Whether a service may take a role on behalf of something: a rule, a stream, a pipe. */
export function mayAssume(
  role: string,
  by: { readonly service: string; readonly source: string; readonly account: string },
  { authority, deployed }: { readonly authority: Authority; readonly deployed: Deployed },
): Ruling {
  const known = deployed.roles.get(role);
  if (!known) return { allowed: false, reason: `there is no role ${role}` };
  return authority.service(
    by.service,
    {
      action: 'sts:AssumeRole',
      resource: role,
      resourceAccount: known.account,
      context: { 'aws:SourceArn': by.source, 'aws:SourceAccount': by.account },
    },
    known.trust,
  );
}
