import type { Call, Cause, Decision, Json } from '#core';

/** Where a body lies: its SHA-256 in hex, and its size. */
export interface BodyReference {
  readonly sha256: string;
  readonly bytes: number;
}

/** A call that was made, without its input and answer: those are in the body. */
export interface MadeCall {
  readonly operation: string;
  readonly requestId: string;
  /** ISO 8601. */
  readonly at: string;
  /** The error code, where the call was refused. */
  readonly error?: string;
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
  /** The cause's id: CloudTrail's eventID, or the sweep's, approval's, … */
  readonly eventID: string;
  /** event | sweep | approval | undo | release. */
  readonly cause: string;
  /** The call that woke the guardrail, and who made it. */
  readonly call?: { readonly source: string; readonly name: string; readonly caller?: string };
  /** The decision that this one follows. */
  readonly follows?: string;
  readonly mode: string;
  readonly modeFrom: string;
  readonly verdict: string;
  readonly reason: string;
  readonly outcome: string;
  readonly because?: string;
  /** Operation ids, in order. */
  readonly planned: readonly string[];
  readonly made: readonly string[];
  readonly calls: readonly MadeCall[];
  /** The state before and after as JSON text, where it is small; the body has it in any case. */
  readonly before?: string;
  readonly after?: string;
  readonly at: Readonly<Record<string, string>>;
  /** The whole decision, and the event that caused it. */
  readonly body: BodyReference;
  readonly event?: BodyReference;
}

/** Sentences may quote what an attacker chose; a bound keeps the item and the event small. */
const short = (text: string): string => (text.length > 1000 ? `${text.slice(0, 999)}…` : text);

/** Item and event are bounded: what is larger than this stands in the body alone. */
const LARGEST_STATE = 16_384;

const small = (state: Json | undefined): string | undefined => {
  const text = state === undefined || state === null ? undefined : JSON.stringify(state);
  return text !== undefined && Buffer.byteLength(text) <= LARGEST_STATE ? text : undefined;
};

/** Leaves out what is undefined. */
const present = <T extends object>(parts: T) =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

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
    cause: cause.kind,
    ...present({ call: callOf(cause), follows: decision.follows }),
    mode: decision.mode,
    modeFrom: decision.modeFrom,
    verdict: verdict.verdict,
    reason: short(verdict.reason),
    outcome: decision.outcome,
    ...(because === undefined ? {} : { because: short(because) }),
    planned: decision.planned.map((call: Call) => call.operation),
    made: decision.made.map(({ call }) => call.operation),
    calls: decision.made.map(({ call, requestId, at, answer }) => ({
      ...{ operation: call.operation, requestId, at },
      ...(answer.kind === 'refused' ? { error: answer.code } : {}),
    })),
    ...present({ before: small(decision.before), after: small(decision.after) }),
    at: decision.at,
    ...references,
  };
}

function callOf(cause: Cause): DecisionSummary['call'] {
  if (cause.kind !== 'event') return undefined;
  const { source, name, caller } = cause.event;
  const who = caller.arn ?? caller.invokedBy;
  return { source, name, ...(who === undefined ? {} : { caller: short(who) }) };
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
