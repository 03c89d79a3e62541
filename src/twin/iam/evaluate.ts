import { contextOf } from './context';
import {
  type Applying,
  allowance,
  applying,
  type Decision,
  denial,
  type Layer,
  refusal,
} from './decision';
import type { Policy, ResourcePolicy } from './policy';
import { type NamedAs, NEARNESS, namedAs } from './principals';
import {
  accountOf,
  isServiceLinked,
  organizationOf,
  type Principal,
  type Request,
} from './request';
import type { Asked } from './statements';

/** All policies that are about a request. Those that do not bind its principal are left out of account. */
export interface Policies {
  readonly identity?: readonly Policy[];
  readonly resource?: ResourcePolicy;
  readonly session?: Policy;
  readonly boundary?: Policy;
  /** Of the principal's account: a list for each level, root → OUs → account. Each level must allow. */
  readonly scps?: readonly (readonly Policy[])[];
  /** Of the resource's account. RCPs can only deny: AWS keeps RCPFullAWSAccess attached everywhere. */
  readonly rcps?: readonly (readonly ResourcePolicy[])[];
  /**
   * Whether identity policies alone are never enough, as with role trust policies and key policies.
   * @default true for assuming a role and for `kms:` actions on a key
   */
  readonly resourceMustAllow?: boolean;
}

/**
 * Decides a request as AWS does: an explicit deny anywhere, then SCPs, then resource policy, identity
 * policy, boundary and session policy. Never throws.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export function evaluate(request: Request, policies: Policies): Decision {
  const asked: Asked = {
    request,
    context: contextOf(request),
    hasBoundary: policies.boundary !== undefined,
  };
  const layers = layersOf(request, policies);
  return (
    denial([...layers.scps, ...layers.rcps, layers.resource, ...layers.own], asked) ??
    firstRefusal(layers.scps, asked) ??
    decideGrant(layers, asked, policies)
  );
}

interface Layers {
  readonly scps: readonly Layer[];
  readonly rcps: readonly Layer[];
  readonly resource: Layer;
  /** Identity policies, boundary and session policy. */
  readonly own: readonly Layer[];
}

function layersOf(request: Request, policies: Policies): Layers {
  const { identity = [], resource, session, boundary, scps = [], rcps = [] } = policies;
  const hasOwn = accountOf(request.principal) !== undefined;
  return {
    scps: areScpsBinding(request.principal)
      ? scps.map((level, i): Layer => ({ kind: 'scp', policies: level, level: i }))
      : [],
    rcps: areRcpsBinding(request)
      ? rcps.map((level, i): Layer => ({ kind: 'rcp', policies: level, level: i }))
      : [],
    resource: { kind: 'resource', policies: resource ? [resource] : [] },
    own: hasOwn
      ? [
          { kind: 'identity', policies: identity },
          ...(boundary ? [{ kind: 'boundary', policies: [boundary] } as const] : []),
          ...(session ? [{ kind: 'session', policies: [session] } as const] : []),
        ]
      : [],
  };
}

/**
 * SCPs bind principals of member accounts, their root users too; not the management account, not
 * service-linked roles, not services.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
function areScpsBinding(principal: Principal): boolean {
  const account = accountOf(principal);
  if (account === undefined || isServiceLinked(principal)) return false;
  return organizationOf(principal)?.managementAccount !== account;
}

/**
 * RCPs bind whoever reaches for a member account's resource, services too; not service-linked roles.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
const areRcpsBinding = ({ principal, resourceAccount, resourceOrganization }: Request): boolean =>
  !isServiceLinked(principal) && resourceOrganization?.managementAccount !== resourceAccount;

function decideGrant(layers: Layers, asked: Asked, policies: Policies): Decision {
  const { principal, resourceAccount } = asked.request;
  const account = accountOf(principal);
  const isAcross = account !== resourceAccount;
  const mustAllow = policies.resourceMustAllow ?? needsResourcePolicy(asked.request);
  const grant = grantOf(layers.resource, asked);
  if (grant === undefined && (isAcross || mustAllow)) return refusal(layers.resource, asked);
  const grants = grant === undefined ? [] : [grant.by];
  const isEnough = account === undefined || (!isAcross && grant?.as === 'itself');
  if (isEnough) return allowance(grants, asked, '');
  // The root user has full access to its account without any policy.
  const isIdentitySpared = principal.kind === 'root' || (!isAcross && grant?.as === 'role');
  const limits = layers.own.filter(({ kind }) => !(isIdentitySpared && kind === 'identity'));
  const also = limits.flatMap((layer) => applying(layer, asked, 'Allow').slice(0, 1));
  return (
    firstRefusal(limits, asked) ??
    allowance([...grants, ...also], asked, 'the root user has full access to its account')
  );
}

/** The resource policy's Allow that names the principal most nearly. */
function grantOf(
  resource: Layer,
  asked: Asked,
): { readonly as: NamedAs; readonly by: Applying } | undefined {
  const grants = applying(resource, asked, 'Allow').flatMap((by) => {
    const { statement } = by;
    if (!('principals' in statement)) return [];
    const as = namedAs(asked.request.principal, statement.principals.values);
    return as === undefined ? [] : [{ as, by }];
  });
  return NEARNESS.flatMap((as) => grants.filter((grant) => grant.as === as))[0];
}

function firstRefusal(layers: readonly Layer[], asked: Asked): Decision | undefined {
  const refusing = layers.find((layer) => applying(layer, asked, 'Allow').length === 0);
  return refusing && refusal(refusing, asked);
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html for keys. */
function needsResourcePolicy({ action, resource }: Request): boolean {
  const [service = '', name = ''] = action.toLowerCase().split(':');
  if (service === 'kms') return resource.includes(':key/');
  return service === 'sts' && (name.startsWith('assumerole') || SESSION_MARKS.includes(name));
}

const SESSION_MARKS = ['tagsession', 'setsourceidentity'];
