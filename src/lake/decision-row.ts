import { at, DECISION_DETAIL_TYPE, DECISION_SOURCE, textAt } from '#core';
import type { DecisionRow, Moments } from './compliance-finding';
import {
  ACTIONS,
  ACTIVITIES,
  COMPLIANCE,
  DISPOSITIONS,
  SEVERITIES,
  STANDINGS,
  STATUSES,
} from './decision-status';
import { type ParsedSummary, parseSummary } from './decision-summary';
import { Unmappable } from './errors';
import { evidencesOf } from './evidence';
import { momentOf, present, rfc3339 } from './moment';
import { entry, type GuardrailCard, type RowContext } from './row-context';
import { DECISION_CLASS, OCSF_VERSION } from './rows';

const PRODUCT = { name: 'Parapet', vendor_name: 'Parapet' } as const;

/**
 * The row of a decision, from the text of its event on the bus: the envelope.
 * @throws Unmappable where it is not Parapet's own, or as `decisionRow` does.
 */
export function decisionRowOf(text: string, context: RowContext): DecisionRow {
  let envelope: unknown;
  try {
    envelope = JSON.parse(text);
  } catch (cause) {
    throw new Unmappable('the record is not JSON', { cause });
  }
  // Only responders may put this source on the bus: its policy admits no other.
  if (
    textAt(envelope, 'source') !== DECISION_SOURCE ||
    textAt(envelope, 'detail-type') !== DECISION_DETAIL_TYPE
  )
    throw new Unmappable('the record is no decision in its envelope');
  return decisionRow(at(envelope, 'detail'), context);
}

/**
 * The row of a decision, from the detail of its event on the bus. Pure: the same decision gives the
 * same row, whenever and however often it comes.
 * @throws Unmappable where the detail is no decision's summary or has no moment of recording.
 */
export function decisionRow(detail: unknown, context: RowContext): DecisionRow {
  const decision = parseSummary(detail);
  const moments = momentsOf(decision.at);
  if (moments.recorded === undefined)
    throw new Unmappable(`decision ${decision.id} tells no moment when it was recorded`);
  const card = entry(context.guardrails, decision.guardrail);
  const severity = SEVERITIES[card?.severity ?? 'unknown'];
  const title = card?.title ?? decision.guardrail;
  return {
    ...classOf(decision),
    ...{ severity_id: severity.id, severity: severity.caption },
    ...{ time: moments.recorded, time_dt: rfc3339(moments.recorded) },
    message: `${title}: ${decision.reason}`,
    metadata: {
      uid: decision.id,
      version: OCSF_VERSION,
      product: PRODUCT,
      profiles: ['cloud', 'datetime', 'security_control'],
      ...(decision.cause === 'event' ? { correlation_uid: decision.eventID } : {}),
      original_event_uid: decision.id,
      ...present({ original_time: decision.at.called }),
      tenant_uid: context.organization,
    },
    cloud: {
      provider: 'AWS',
      region: decision.region,
      account: {
        uid: decision.account,
        ...present({ name: entry(context.accounts, decision.account)?.name }),
      },
      org: { uid: context.organization, ou_name: decision.ouPath },
    },
    finding_info: {
      uid: decision.id,
      uid_alt: `${decision.guardrail} ${decision.resource}`,
      title,
      ...present({ desc: card?.why, created_time: moments.received }),
      product: PRODUCT,
      analytic: {
        uid: decision.guardrail,
        name: title,
        type_id: 1,
        version: String(decision.version),
      },
    },
    compliance: complianceOf(decision, card),
    resources: [
      {
        uid: decision.resource,
        type: decision.resourceType,
        region: decision.region,
        owner: { account: { uid: decision.account } },
      },
    ],
    ...(decision.planned.length === 0
      ? {}
      : { remediation: { desc: decision.planned.join(', ') } }),
    evidences: evidencesOf(decision),
    unmapped: unmappedOf(decision, moments),
  };
}

function classOf({ outcome, mode }: ParsedSummary) {
  const standing = STANDINGS[outcome];
  const disposition = outcome === 'observed' && mode === 'notify' ? 19 : standing.disposition;
  return {
    activity_id: standing.activity,
    activity_name: ACTIVITIES[standing.activity],
    ...{ category_uid: 2, category_name: 'Findings' },
    ...{ class_uid: DECISION_CLASS, class_name: 'Compliance Finding' },
    type_uid: DECISION_CLASS * 100 + standing.activity,
    type_name: `Compliance Finding: ${ACTIVITIES[standing.activity]}`,
    ...{ status_id: standing.status, status: STATUSES[standing.status], status_code: outcome },
    ...{ action_id: standing.action, action: ACTIONS[standing.action] },
    ...{ disposition_id: disposition, disposition: DISPOSITIONS[disposition] ?? 'Unknown' },
    is_alert: standing.compliance === 3 && standing.status !== 3,
  } as const;
}

function complianceOf(
  { guardrail, reason, outcome }: ParsedSummary,
  card: GuardrailCard | undefined,
): DecisionRow['compliance'] {
  const status = STANDINGS[outcome].compliance;
  const served = Object.entries(card?.frameworks ?? {}).toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  );
  return {
    control: guardrail,
    standards: served.map(([framework]) => framework),
    requirements: served.flatMap(([framework, ids]) => ids.map((id) => `${framework}:${id}`)),
    status_id: status,
    status: COMPLIANCE[status],
    status_details: [reason],
    checks: served.flatMap(([framework, ids]) =>
      ids.map((id) => ({ uid: id, standards: [framework], status_id: status })),
    ),
  };
}

const momentsOf = (at: ParsedSummary['at']): Moments =>
  present({
    called: momentOf(at.called),
    received: momentOf(at.received),
    looked: momentOf(at.looked),
    acted: momentOf(at.acted),
    recorded: momentOf(at.recorded),
  });

const unmappedOf = (decision: ParsedSummary, moments: Moments): DecisionRow['unmapped'] => ({
  verdict: decision.verdict,
  outcome: decision.outcome,
  ...present({ because: decision.because, follows: decision.follows, event: decision.event }),
  mode: decision.mode,
  mode_from: decision.modeFrom,
  guardrail_version: decision.version,
  cause: decision.cause,
  cause_uid: decision.eventID,
  planned: decision.planned,
  made: decision.made,
  at: moments,
  body: decision.body,
});
