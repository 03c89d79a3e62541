import {
  type AnyGuardrail,
  type Decision,
  type Deployment,
  parseTrailEvent,
  type TrailEvent,
  UnjudgeableEvent,
} from '#core';
import { handle, offlinePorts, type Ports } from '#engine';
import { compile, compileTriggers, type Matcher, patternText, regionTriggers } from '#pattern';
import { anywhere, enveloped } from './envelope';

/** What became of a call that a guardrail's trigger names. */
export interface Judged {
  readonly guardrail: string;
  /** What it decided, per resource; none where the call failed. */
  readonly decisions: readonly Decision[];
}

/**
 * The event of a call's JSON text.
 * @throws UnjudgeableEvent as a responder does; it would reject the event.
 */
export function eventOf(call: string): TrailEvent {
  const event = parseTrailEvent(JSON.stringify(enveloped(JSON.parse(call))));
  if (Number.isNaN(Date.parse(event.time))) throw new UnjudgeableEvent('the event has no time');
  return event;
}

/** What is judged by, whatever the event. */
export interface Court {
  readonly guardrails: readonly AnyGuardrail[];
  /** Without one, every account and Region is governed. */
  readonly deployment?: Deployment | undefined;
}

/**
 * Makes what judges events by what they alone tell: the forwarding rules of the guardrails, then
 * the engine, to which every read is refused. The modes do not matter: who asks what a guardrail
 * would have seen may have it off.
 */
export function judgeOf({ guardrails, deployment }: Court) {
  const inGlobalRegion = rulesIn('us-east-1', guardrails);
  const elsewhere = rulesIn('', guardrails);
  return async (event: TrailEvent): Promise<readonly Judged[]> => {
    const matcher = event.region === 'us-east-1' ? inGlobalRegion : elsewhere;
    const reached = new Set(matcher.matchValue(event.raw));
    const named = guardrails.filter((guardrail) => isNamed(guardrail, event));
    const handled = await handle(
      event,
      {
        guardrails: named.filter(({ id }) => reached.has(id)),
        deployment: { ...(deployment ?? anywhere(event)), modes: [] },
        ports: portsAt(event.time),
        leaseMs: 60_000,
      },
      { isLastTry: true },
    );
    const decisions = handled.flatMap((one) => (one.kind === 'decided' ? [one.decision] : []));
    return named
      .map(({ id }) => ({
        guardrail: id,
        decisions: decisions.filter(({ guardrail }) => guardrail.id === id),
      }))
      .filter((one) => one.decisions.length > 0 || event.errorCode !== undefined);
  };
}

const rulesIn = (region: string, guardrails: readonly AnyGuardrail[]): Matcher =>
  compile(
    guardrails.flatMap(({ id, triggers }) =>
      compileTriggers(regionTriggers(triggers, region)).map(({ pattern }) => ({
        name: id,
        pattern: patternText(pattern),
      })),
    ),
  );

const isNamed = ({ triggers }: AnyGuardrail, event: TrailEvent): boolean =>
  triggers.some(
    ({ operation: { trail } }) => trail.source === event.source && trail.names.includes(event.name),
  );

const portsAt = (time: string): Ports => ({
  ...offlinePorts({}, () => new Date(time)),
  look: async () => ({ kind: 'refused', why: 'denied', code: 'StateNotKnown' }),
});
