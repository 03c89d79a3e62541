import {
  type AnyGuardrail,
  isObject,
  type Json,
  type JsonObject,
  parseTrailEvent,
  type Trigger,
  textAt,
} from '#core';
import { compile, compileTriggers, patternText, regionTriggers } from '#pattern';
import { mended, recordedEvents } from './recorded-events';

/** What rules do with the recorded events. */
export interface Forwarded {
  readonly events: number;
  readonly forwarded: number;
  /** Of those, the ones that wake nothing. */
  readonly needless: number;
  /** The envelopes that were forwarded. */
  readonly envelopes: readonly JsonObject[];
}

/** How many events the rules of these triggers forward, and how many of them for nothing. */
export function measureForwarding(triggers: readonly Trigger[]): Forwarded {
  const envelopes = recordedEvents('events').map(({ record }) => enveloped(record));
  const rulesIn = (region: string) =>
    compile(
      compileTriggers(regionTriggers(triggers, region), { replays: 'excluded' }).map(
        ({ pattern }, index) => ({ name: `${index}`, pattern: patternText(pattern) }),
      ),
    );
  const [global, others] = [rulesIn('us-east-1'), rulesIn('eu-west-1')];
  const forwarded = envelopes.filter(
    (envelope) =>
      (textAt(envelope, 'region') === 'us-east-1' ? global : others).matchValue(envelope).length >
      0,
  );
  return {
    events: envelopes.length,
    forwarded: forwarded.length,
    needless: forwarded.filter((envelope) => !isWanted(triggers, envelope)).length,
    envelopes: forwarded,
  };
}

/** Whether a call is one of the triggers', told without a pattern. */
const isWanted = (triggers: readonly Trigger[], { detail = null }: JsonObject): boolean =>
  triggers.some(
    ({ operation: { trail }, failed }) =>
      trail.source === textAt(detail, 'eventSource') &&
      trail.names.includes(textAt(detail, 'eventName') ?? '') &&
      (failed === 'judged' || textAt(detail, 'errorCode') === undefined),
  );

/** Whether some guardrail that an event wakes finds a resource in it to look at. */
export const isLookedAt = (guardrails: readonly AnyGuardrail[], envelope: JsonObject): boolean =>
  guardrails.some((guardrail) => {
    if (!isWanted(guardrail.triggers, envelope)) return false;
    try {
      return guardrail.resources(parseTrailEvent(JSON.stringify(envelope))).length > 0;
    } catch {
      // What names impossible things is rejected with a reason: it was not in vain.
      return true;
    }
  });

const DETAIL_TYPES: Readonly<Record<string, string>> = {
  AwsConsoleSignIn: 'AWS Console Sign In via CloudTrail',
  AwsServiceEvent: 'AWS Service Event via CloudTrail',
};

function enveloped(record: JsonObject): JsonObject {
  const envelope = mended(record);
  const detail: Json = isObject(envelope.detail) ? envelope.detail : {};
  const type = DETAIL_TYPES[textAt(detail, 'eventType') ?? ''];
  return type === undefined ? envelope : { ...envelope, 'detail-type': type };
}
