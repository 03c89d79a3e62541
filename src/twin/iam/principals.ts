import type { Listed, Named } from './policy';
import { accountOf, type Principal, sessionArn } from './request';

/**
 * How a Principal element names the one who asks. It decides what else limits the grant:
 * - `itself`: by its own ARN, or as everyone. Within the account neither identity policy, boundary
 *   nor session policy limits it but by an explicit deny.
 * - `role`: a session by its role's ARN. Boundary and session policy limit it.
 * - `account`: by its account, which delegates: the account's identity policies must allow too.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 * and, on everyone, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export type NamedAs = 'itself' | 'role' | 'account';

/** From the nearest to the farthest; a Principal element may name the same one in several ways. */
export const NEARNESS: readonly NamedAs[] = ['itself', 'role', 'account'];

/** How these names name the principal, the nearest way first; undefined where they do not. */
export function namedAs(principal: Principal, names: readonly Named[]): NamedAs | undefined {
  const ways = namesOf(principal);
  const found = names.flatMap((named) =>
    ways.filter(({ kind, value }) => kind === named.kind && value === named.value),
  );
  return NEARNESS.find((as) => found.some((way) => way.as === as));
}

/**
 * Whether a statement's Principal or NotPrincipal element is about the principal.
 *
 * NotPrincipal excepts a user only where its account is named too, and a session only where its role
 * and account are; AWS says that it might deny otherwise, and always denies whoever has a boundary.
 * In doubt this denies.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function isMeant(
  principal: Principal,
  { sense, values }: Listed<Named>,
  hasBoundary: boolean,
): boolean {
  if (sense === 'in') return namedAs(principal, values) !== undefined;
  if (hasBoundary) return true;
  if (values.some(({ kind }) => kind === 'everyone')) return false;
  const needed = namesOf(principal).filter(({ kind, spare }) => kind !== 'everyone' && !spare);
  const isExcepted = needed.every((way) =>
    values.some(({ kind, value }) => kind === way.kind && value === way.value),
  );
  return needed.length === 0 || !isExcepted;
}

interface Way extends Named {
  readonly as: NamedAs;
  /** An alias: NotPrincipal can do without it. */
  readonly spare?: true;
}

const EVERYONE: Way = { kind: 'everyone', value: '*', as: 'itself' };

function namesOf(principal: Principal): readonly Way[] {
  const account = accountOf(principal) ?? '';
  switch (principal.kind) {
    case 'role-session':
      return [
        EVERYONE,
        { kind: 'AWS', value: sessionArn(principal), as: 'itself' },
        { kind: 'AWS', value: principal.roleArn, as: 'role' },
        { kind: 'AWS', value: account, as: 'account' },
        ...aliases(principal, 'role'),
      ];
    case 'user':
      return [
        EVERYONE,
        { kind: 'AWS', value: principal.arn, as: 'itself' },
        { kind: 'AWS', value: account, as: 'account' },
        ...aliases(principal, 'itself'),
      ];
    case 'root':
      return [
        EVERYONE,
        { kind: 'AWS', value: account, as: 'account' },
        ...aliases(principal, 'itself'),
      ];
    case 'service':
      return [EVERYONE, { kind: 'Service', value: principal.service, as: 'itself' }];
    case 'identity-provider':
      return [EVERYONE, { kind: 'Federated', value: principal.provider, as: 'itself' }];
    case 'anonymous':
      return [EVERYONE];
  }
}

function aliases(
  { uniqueId, canonicalUser }: { readonly uniqueId?: string; readonly canonicalUser?: string },
  as: NamedAs,
): readonly Way[] {
  return [
    ...(uniqueId === undefined ? [] : [{ kind: 'AWS', value: uniqueId, as, spare: true } as const]),
    ...(canonicalUser === undefined
      ? []
      : [{ kind: 'CanonicalUser', value: canonicalUser, as: 'account', spare: true } as const]),
  ];
}
