import type { Call, Decision, Json } from '#core';

/** Where a body lies: its SHA-256 in hex, and its size. */
export interface BodyReference {
  readonly sha256: string;
  readonly bytes: number;
}

/** A decision as its item in the table and its event on the bus: bounded, bodies by reference. */
export interface DecisionSummary {
  readonly id: string;
  readonly guardrail: string;
  readonly version: number;
  readonly account: string;
  readonly region: string;
  readonly ouPath: string;
  readonly resourceType: string;
  readonly resource: string;
  readonly eventID: string;
  readonly mode: string;
  readonly modeFrom: string;
  readonly verdict: string;
  readonly reason: string;
  readonly outcome: string;
  readonly because?: string;
  /** Operation ids, in order. */
  readonly planned: readonly string[];
  readonly made: readonly string[];
  readonly at: Readonly<Record<string, string>>;
  /** The whole decision, and the event that caused it. */
  readonly body: BodyReference;
  readonly event?: BodyReference;
}

/** Sentences may quote what an attacker chose; a bound keeps the item and the event small. */
const short = (text: string): string => (text.length > 1000 ? `${text.slice(0, 999)}…` : text);

export function summaryOf(
  decision: Decision,
  references: { readonly body: BodyReference; readonly event?: BodyReference },
): DecisionSummary {
  const { cause, resource, verdict, because } = decision;
  return {
    id: decision.id,
    guardrail: decision.guardrail.id,
    version: decision.guardrail.version,
    account: resource.account,
    region: resource.region,
    ouPath: decision.ouPath,
    resourceType: resource.type,
    resource: resource.arn,
    eventID: cause.kind === 'event' ? cause.event.eventID : cause.id,
    mode: decision.mode,
    modeFrom: decision.modeFrom,
    verdict: verdict.verdict,
    reason: short(verdict.reason),
    outcome: decision.outcome,
    ...(because === undefined ? {} : { because: short(because) }),
    planned: decision.planned.map((call: Call) => call.operation),
    made: decision.made.map(({ call }) => call.operation),
    at: decision.at,
    ...references,
  };
}

/** The whole decision as it is kept; the event is a body of its own. */
export function bodyOf(decision: Decision | Omit<Decision, 'outcome' | 'made'>): Json {
  const { cause, ...rest } = decision;
  const origin =
    cause.kind === 'event' ? { kind: 'event', eventID: cause.event.eventID } : { ...cause };
  return JSON.parse(
    JSON.stringify({ ...rest, cause: origin }, (key, value) =>
      key === '$metadata' ? undefined : value,
    ),
  );
}
