import { UnjudgeableEvent } from './errors';
import { at, isObject, type Json, textAt } from './json';

/** An account that came into the organization or left it. */
export interface Lifecycle {
  readonly kind: 'came' | 'left';
  /** Twelve digits. */
  readonly account: string;
  /** CloudTrail's id: the same event twice is one. */
  readonly eventID: string;
  readonly name: string;
  /** ISO 8601. */
  readonly time: string;
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
 * @throws UnjudgeableEvent where it is one, but not of that account or without an account in it
 */
export function parseLifecycle(event: Json, management: string): Lifecycle | undefined {
  const name = textAt(event, 'detail', 'eventName') ?? '';
  const known = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  if (known === undefined || textAt(event, 'detail', 'eventSource') !== known.source)
    return undefined;
  if (textAt(event, 'account') !== management)
    throw new UnjudgeableEvent(`a ${name} that is not of the management account`);
  const details = at(event, 'detail', 'serviceEventDetails');
  const status = statusOf(details);
  if (textAt(status, 'state') === 'FAILED') return undefined;
  const account = textAt(status, 'accountId') ?? textAt(status, 'account', 'accountId');
  const eventID = textAt(event, 'detail', 'eventID');
  const time = textAt(event, 'detail', 'eventTime');
  if (account === undefined || !/^\d{12}$/.test(account) || !eventID || !time)
    throw new UnjudgeableEvent(`a ${name} that names no account`);
  return { kind: known.kind, account, eventID, name, time };
}

/** Each event wraps its facts in one object of another name, e.g. `createAccountStatus`. */
function statusOf(details: Json | undefined): Json | undefined {
  if (!isObject(details)) return undefined;
  return Object.values(details).find(isObject) ?? details;
}
