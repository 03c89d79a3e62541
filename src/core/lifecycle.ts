import { UnjudgeableEvent } from './errors';
import type { TrailEvent } from './event';
import { at, isObject, type Json } from './json';

/** An account that came into the organization or left it. */
export interface Lifecycle {
  readonly kind: 'came' | 'left';
  /** Twelve digits. */
  readonly account: string;
}

const KINDS: Readonly<
  Record<string, { readonly source: string; readonly kind: Lifecycle['kind'] }>
> = {
  CreateAccountResult: { source: 'organizations.amazonaws.com', kind: 'came' },
  AccountJoinedOrganization: { source: 'organizations.amazonaws.com', kind: 'came' },
  AccountDepartedOrganization: { source: 'organizations.amazonaws.com', kind: 'left' },
  CreateManagedAccount: { source: 'controltower.amazonaws.com', kind: 'came' },
};

/**
 * Reads a lifecycle event of Organizations or Control Tower; undefined where the account was not made
 * after all, or it is no such event.
 * @param management the only account whose word counts: no member may enrol or dismiss another
 * @throws UnjudgeableEvent where it is one, but not of that account or without one account in it
 */
export function lifecycleOf(event: TrailEvent, management: string): Lifecycle | undefined {
  const { name, source, account: from, raw } = event;
  const known = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  if (known === undefined || source !== known.source) return undefined;
  if (from !== management)
    throw new UnjudgeableEvent(`a ${name} that is not of the management account`);
  const details = at(raw, 'detail', 'serviceEventDetails');
  if (valuesAt(details, /^state$/).includes('FAILED')) return undefined;
  const named = valuesAt(details, ACCOUNT).filter((id) => id !== management);
  const [account = '', ...others] = new Set(named);
  if (!/^\d{12}$/.test(account) || others.length > 0)
    throw new UnjudgeableEvent(`a ${name} that names no account, or more than one`);
  return { kind: known.kind, account };
}

/** Each event wraps its facts in an object of another name, and AWS does not document all of them. */
const DEEPEST = 3;

/** An account of GovCloud has a twin in this partition, and that one is meant. */
const ACCOUNT = /^(?!govCloud).*accountId$/i;

/** The texts that stand under such a key. */
function valuesAt(details: Json | undefined, key: RegExp, depth = DEEPEST): readonly string[] {
  if (!isObject(details) || depth === 0) return [];
  return Object.entries(details).flatMap(([name, value]) =>
    typeof value === 'string'
      ? key.test(name)
        ? [value]
        : []
      : valuesAt(value as Json, key, depth - 1),
  );
}
