import type { JsonObject, Trigger } from '#core';
import { detailTypes, envelopeSource } from './cloudtrail';

/** An event pattern as data; its compact JSON text is what a rule holds. */
export type EventPattern = JsonObject;

/**
 * Characters of a rule's pattern. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 */
export const LONGEST_PATTERN = 2_048;

export interface RuleOptions {
  /**
   * Whether events that come from an archive's replay match. A member's rules exclude them: its
   * own replays are none of ours. The security bus replays on purpose.
   * @default 'included'
   */
  readonly replays?: 'included' | 'excluded';
}

/** One event name of one service, and whether its failed calls match as well. */
interface Call {
  readonly source: string;
  readonly name: string;
  readonly failed: Trigger['failed'];
}

/** A pattern's compact JSON text. */
export const patternText = (pattern: EventPattern): string => JSON.stringify(pattern);

/**
 * The fewest event patterns that together match the events of these triggers and nothing else.
 * Sorted, without duplicates, each at most 2,048 characters as text, and the same whatever the
 * order of the triggers. A call that one trigger wants judged when failed and another does not is
 * matched in both cases.
 *
 * No path stands both inside and outside of a `$or`: there the order of the keys would decide, and
 * Terraform's provider sorts them.
 * @throws RangeError where a single event name makes a pattern too long
 */
export function compileTriggers(
  triggers: readonly Trigger[],
  { replays = 'included' }: RuleOptions = {},
): readonly EventPattern[] {
  const patternOf = (calls: readonly Call[]): EventPattern => ({
    ...clauseOf(calls),
    ...(replays === 'excluded' ? { 'replay-name': ABSENT } : {}),
    source: unique(calls.map(({ source }) => envelopeSource(source))),
  });
  return pack(callsOf(triggers), patternOf).map(patternOf);
}

/** The triggers whose events can appear on a Region's bus. */
export const regionTriggers = (triggers: readonly Trigger[], region: string): readonly Trigger[] =>
  triggers.filter(
    ({ operation: { trail } }) => trail.region !== 'us-east-1' || region === 'us-east-1',
  );

/**
 * The state of a rule with these triggers: read-only calls do not reach a rule that is only ENABLED.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export const ruleState = (
  triggers: readonly Trigger[],
): 'ENABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' =>
  triggers.some(({ operation }) => operation.access === 'read')
    ? 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'
    : 'ENABLED';

const ABSENT = [{ exists: false }];

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();

function callsOf(triggers: readonly Trigger[]): readonly Call[] {
  const calls = new Map<string, Call>();
  for (const { operation, failed } of triggers)
    for (const name of operation.trail.names) {
      const call: Call = { source: operation.trail.source, name, failed };
      const key = sortKey({ ...call, failed: 'judged' });
      if (failed === 'judged' || !calls.has(key)) calls.set(key, call);
    }
  return [...calls.values()].sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
}

/** Calls that share parts of a pattern stand side by side. */
const sortKey = ({ source, name, failed }: Call): string =>
  JSON.stringify([detailTypes(source), source, failed, name]);

/** Fills one pattern after the other: event names are small, so hardly any room is left over. */
function pack(
  calls: readonly Call[],
  patternOf: (calls: readonly Call[]) => EventPattern,
): readonly (readonly Call[])[] {
  const fits = (some: readonly Call[]) => patternText(patternOf(some)).length <= LONGEST_PATTERN;
  const packs: Call[][] = [];
  for (const call of calls) {
    const last = packs.at(-1);
    if (last !== undefined && fits([...last, call])) last.push(call);
    else if (fits([call])) packs.push([call]);
    else throw new RangeError(`the event name ${call.name} does not fit into a pattern`);
  }
  return packs;
}

/** Everything but the envelope's source, for calls with and without differing detail types. */
function clauseOf(calls: readonly Call[]): JsonObject {
  const clauses = groups(calls, ({ source }) => detailTypes(source).join()).map((group) => ({
    detail: detailOf(group),
    'detail-type': unique(group.flatMap(({ source }) => detailTypes(source))),
  }));
  const [first = {}] = clauses;
  return clauses.length > 1 ? { $or: clauses } : first;
}

/** Pairs event sources with event names: 33 names occur in more than one service. */
function detailOf(calls: readonly Call[]): JsonObject {
  const parts = groups(calls, ({ source, failed }) => JSON.stringify([source, failed]));
  const hasOneKind = new Set(calls.map(({ failed }) => failed)).size === 1;
  const pairs = parts.map((part) => ({
    ...(hasOneKind ? {} : errorCodeOf(part)),
    eventName: unique(part.map(({ name }) => name)),
    eventSource: unique(part.map(({ source }) => source)),
  }));
  const errorCode = hasOneKind ? errorCodeOf(calls) : {};
  const [first = {}] = pairs;
  return pairs.length > 1 ? { $or: pairs, ...errorCode } : { ...errorCode, ...first };
}

const errorCodeOf = ([first]: readonly Call[]): JsonObject =>
  first?.failed === 'ignored' ? { errorCode: ABSENT } : {};

function groups(calls: readonly Call[], keyOf: (call: Call) => string): readonly Call[][] {
  const found = new Map<string, Call[]>();
  for (const call of calls) {
    const group = found.get(keyOf(call));
    if (group === undefined) found.set(keyOf(call), [call]);
    else group.push(call);
  }
  return [...found.values()];
}
