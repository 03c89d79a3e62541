import type { Decision } from './decision';
import { decisionId, decisionKey } from './decision';
import type { TrailEvent } from './event';
import { complies, type Severity, type Verdict, violates } from './guardrail';
import type { Lifecycle } from './lifecycle';

/** What Parapet judges of itself: whether an account of the organization is guarded at all. */
export const ENROLMENT = {
  id: 'parapet.account-not-enrolled',
  version: 1,
  title: 'Account not enrolled',
  severity: 'high' as Severity,
  why: 'Nothing that happens in it is seen, judged or repaired.',
  limits: [
    'It is judged when the account comes or leaves, not when somebody removes its stack by hand; `parapet prove` finds that.',
  ],
  frameworks: {} as Readonly<Record<string, readonly string[]>>,
} as const;

export interface EnrolmentSeen {
  readonly event: TrailEvent;
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
  const { event, lifecycle, entry, organization, region, recorded } = seen;
  const { account } = lifecycle;
  const verdict = judged(seen);
  const resource = {
    type: 'AWS::Organizations::Account',
    arn: `arn:aws:organizations::${organization.management}:account/${organization.id}/${account}`,
    ...{ account, region },
  };
  const cause = { kind: 'event', event } as const;
  return {
    id: decisionId(decisionKey(cause, ENROLMENT.id, resource)),
    ...{ cause, guardrail: { id: ENROLMENT.id, version: ENROLMENT.version }, resource },
    ...{ ouPath: entry?.ouPath ?? '', mode: 'observe', modeFrom: 'vending', verdict },
    outcome: verdict.verdict === 'violates' ? 'observed' : 'nothing',
    before: { enrolled: entry !== undefined },
    ...{ planned: [], made: [] },
    at: { called: event.time, recorded },
  };
}

function judged({ lifecycle: { kind, account }, entry }: EnrolmentSeen): Verdict {
  if (kind === 'left') return complies(`account ${account} has left the organization`);
  return entry === undefined
    ? violates(`account ${account} is not enrolled: nothing in it is seen yet`)
    : complies(`account ${account} is enrolled`);
}
