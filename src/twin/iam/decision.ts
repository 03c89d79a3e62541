import type { Policy, ResourcePolicy, ResourceStatement, Statement } from './policy';
import { type Principal, sessionArn } from './request';
import { type Asked, match } from './statements';

export type PolicyKind = 'identity' | 'resource' | 'session' | 'boundary' | 'scp' | 'rcp';

export interface Decision {
  readonly allowed: boolean;
  /** Whether a Deny statement decided, not the want of an Allow. */
  readonly explicit: boolean;
  readonly decidedBy: PolicyKind;
  /** A sentence that names the deciding policy and statement. */
  readonly reason: string;
}

/** Policies of one kind, of which one must allow. */
export interface Layer {
  readonly kind: PolicyKind;
  readonly policies: readonly (Policy | ResourcePolicy)[];
  /** Of SCPs and RCPs: 0 is the root, the last the account. */
  readonly level?: number;
}

/** A statement that applies to the request. */
export interface Applying {
  readonly statement: Statement | ResourceStatement;
  readonly kind: PolicyKind;
  /** `statement 0 (Sid) of the bus policy`. */
  readonly label: string;
}

/** The layer's statements of one effect that apply to the request. */
export function applying(
  layer: Layer,
  asked: Asked,
  effect: Statement['effect'],
): readonly Applying[] {
  return layer.policies.flatMap((policy) =>
    policy.statements.flatMap((statement, i) =>
      statement.effect === effect && match(statement, asked).applies
        ? [
            {
              statement,
              kind: layer.kind,
              label: `${labelOf(statement, i)} of ${nameOf(layer, policy)}`,
            },
          ]
        : [],
    ),
  );
}

/** The first explicit deny, or undefined. */
export function denial(layers: readonly Layer[], asked: Asked): Decision | undefined {
  const [first] = layers.flatMap((layer) => applying(layer, asked, 'Deny'));
  if (first === undefined) return undefined;
  const reason = `${first.label} denies ${what(asked)}`;
  return { allowed: false, explicit: true, decidedBy: first.kind, reason };
}

/** The implicit deny of a layer that does not allow, with what its nearest statement lacks. */
export function refusal(layer: Layer, asked: Asked): Decision {
  const { kind, policies } = layer;
  const name = nameOf(layer, policies.length === 1 ? policies[0] : undefined);
  const reason =
    policies.length === 0
      ? `there is no ${name} to allow ${what(asked)}`
      : `no statement of ${name} allows ${what(asked)}${nearest(layer, asked)}`;
  return { allowed: false, explicit: false, decidedBy: kind, reason };
}

/** The allow by these statements, the first of which decided; `otherwise` is the reason without any. */
export function allowance(by: readonly Applying[], asked: Asked, otherwise: string): Decision {
  const labels = by.map(({ label }) => label);
  const reason =
    labels.length === 0
      ? otherwise
      : `${labels.join(' and ')} ${labels.length === 1 ? 'allows' : 'allow'} ${what(asked)}`;
  return { allowed: true, explicit: false, decidedBy: by[0]?.kind ?? 'identity', reason };
}

function nearest(layer: Layer, asked: Asked): string {
  const misses = layer.policies.flatMap((policy) =>
    policy.statements.flatMap((statement, i) => {
      const found = match(statement, asked);
      return statement.effect === 'Deny' || found.applies
        ? []
        : [{ nearness: found.nearness, text: `; ${labelOf(statement, i)} ${found.lack}` }];
    }),
  );
  const [first] = misses.sort((a, b) => b.nearness - a.nearness);
  return first?.text ?? '';
}

const labelOf = ({ sid }: Statement, i: number): string =>
  sid ? `statement ${i} (${sid})` : `statement ${i}`;

const KINDS: Readonly<Record<PolicyKind, string>> = {
  identity: 'identity policy',
  resource: 'resource policy',
  session: 'session policy',
  boundary: 'permissions boundary',
  scp: 'service control policy',
  rcp: 'resource control policy',
};

function nameOf({ kind, level, policies }: Layer, policy?: Policy | ResourcePolicy): string {
  const where = level === undefined ? '' : ` at level ${level}`;
  if (policies.length === 0) return `${KINDS[kind]}${where}`;
  if (policy === undefined) return `any ${KINDS[kind]}${where}`;
  return `the ${policy.name ?? KINDS[kind]}${where}`;
}

const what = ({ request }: Asked): string =>
  `${request.action} on ${request.resource} for ${called(request.principal)}`;

function called(principal: Principal): string {
  switch (principal.kind) {
    case 'role-session':
      return sessionArn(principal);
    case 'user':
      return principal.arn;
    case 'root':
      return `the root user of ${principal.account}`;
    case 'service':
      return principal.service;
    case 'identity-provider':
      return principal.provider;
    case 'anonymous':
      return 'an anonymous caller';
  }
}
