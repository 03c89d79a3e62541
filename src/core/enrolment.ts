import { type Decision, decisionId, decisionKey } from './decision';
import { UnjudgeableEvent } from './errors';
import { type Cause, complies, type Severity, type Verdict, violates } from './guardrail';
import { type Json, textAt } from './json';
import type { Lifecycle } from './lifecycle';

/** What Parapet judges of itself: whether an account of the organization is guarded at all. */
export const ENROLMENT = {
  id: 'parapet.account-not-enrolled',
  version: 1,
  title: 'Account not enrolled',
  severity: 'high' as Severity,
  why: 'Nothing that happens in it is seen, judged or repaired.',
  limits: [
    'It is judged when the account comes or leaves and when it is vended or unvended, not when somebody removes its stack by hand; `parapet prove` finds that.',
  ],
  frameworks: {} as Readonly<Record<string, readonly string[]>>,
  triggers: [],
  reads: [],
  writes: [],
} as const;

export interface EnrolmentSeen {
  readonly cause: Cause;
  readonly lifecycle: Lifecycle;
  /** The account's entry in the directory, which its stack owns. Absent: it has no stack. */
  readonly entry: { readonly ouPath: string } | undefined;
  readonly organization: { readonly id: string; readonly management: string };
  /** The Region of the security bus: an account is in none. */
  readonly region: string;
  /** ISO 8601. */
  readonly recorded: string;
}

/** Judges from what stands, not from the event: an account may be enrolled before its event comes. */
export function enrolmentDecision(seen: EnrolmentSeen): Decision {
  const { cause, entry, organization, region, recorded } = seen;
  const { account } = seen.lifecycle;
  const verdict = judged(seen);
  const resource = {
    type: 'AWS::Organizations::Account',
    arn: `arn:aws:organizations::${organization.management}:account/${organization.id}/${account}`,
    ...{ account, region },
  };
  return {
    id: decisionId(decisionKey(cause, ENROLMENT.id, resource)),
    ...{ cause, guardrail: { id: ENROLMENT.id, version: ENROLMENT.version }, resource },
    ...{ ouPath: entry?.ouPath ?? '', mode: 'observe', modeFrom: 'vending', verdict },
    outcome: verdict.verdict === 'violates' ? 'observed' : 'nothing',
    before: { enrolled: entry !== undefined },
    ...{ planned: [], made: [] },
    at: { ...(cause.kind === 'event' ? { called: cause.event.time } : {}), recorded },
  };
}

function judged({ lifecycle: { kind, account }, entry }: EnrolmentSeen): Verdict {
  if (kind === 'left') return complies(`account ${account} has left the organization`);
  return entry === undefined
    ? violates(`account ${account} is not enrolled: nothing in it is seen yet`)
    : complies(`account ${account} is enrolled`);
}

const REQUEST = 'Parapet Enrolment Request';

/** A message by which `vend` and `unvend` have an account looked at again: it says nothing but where to look. */
export const enrolmentRequest = (account: string, id: string): string =>
  JSON.stringify({ 'detail-type': REQUEST, detail: { account, id } });

/** The account and the id of such a message; undefined where it is none. */
export function parseEnrolmentRequest(
  message: Json,
): { readonly account: string; readonly id: string } | undefined {
  if (textAt(message, 'detail-type') !== REQUEST) return undefined;
  const account = textAt(message, 'detail', 'account');
  const id = textAt(message, 'detail', 'id');
  if (account === undefined || !/^\d{12}$/.test(account) || !id)
    throw new UnjudgeableEvent('a request to look at no account');
  return { account, id };
}
