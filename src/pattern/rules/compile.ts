import type { Trigger } from '#core';
import { binned } from './bins';
import { type Call, callsOf } from './calls';
import { type EventPattern, patternOf, patternText } from './pattern-of';

/**
 * Characters of a rule's pattern. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 */
export const LONGEST_PATTERN = 2_048;

/**
 * Read-only calls do not reach a rule that is only ENABLED.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export type RuleState = 'ENABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

export interface RuleOptions {
  /**
   * Whether events that come from an archive's replay match. A member's rules exclude them: its
   * own replays are none of ours. The security bus replays on purpose.
   * @default 'included'
   */
  readonly replays?: 'included' | 'excluded';
}

/** What one rule holds. */
export interface CompiledRule {
  /** Of its bin, e.g. `storage`; `storage-0` and `storage-1` where that is too full for one rule. */
  readonly bin: string;
  readonly pattern: EventPattern;
  readonly state: RuleState;
  /** The calls that it matches. */
  readonly calls: readonly Pick<Call, 'source' | 'name'>[];
}

/**
 * Rules that together match the events of these triggers and nothing else. Sorted by bin, each
 * pattern at most 2,048 characters as text, and the same whatever the order of the triggers. A
 * change of the triggers of one service touches one rule (docs/decisions/0041). A call that one
 * trigger wants judged when failed and another does not is matched in both cases.
 * @throws RangeError where a single event name makes a pattern too long
 */
export function compileTriggers(
  triggers: readonly Trigger[],
  { replays = 'included' }: RuleOptions = {},
): readonly CompiledRule[] {
  const fits = (calls: readonly Call[]) =>
    patternText(patternOf(calls, replays)).length <= LONGEST_PATTERN;
  return [...binned(callsOf(triggers), fits)].map(([bin, calls]) => ({
    bin,
    pattern: patternOf(calls, replays),
    state: stateFor(calls.map(({ access }) => access)),
    calls,
  }));
}

/** The triggers whose events can appear on a Region's bus. */
export const regionTriggers = (triggers: readonly Trigger[], region: string): readonly Trigger[] =>
  triggers.filter(
    ({ operation: { trail } }) => trail.region !== 'us-east-1' || region === 'us-east-1',
  );

/** The state of a rule with these triggers. */
export const ruleState = (triggers: readonly Trigger[]): RuleState =>
  stateFor(triggers.map(({ operation }) => operation.access));

const stateFor = (accesses: readonly Call['access'][]): RuleState =>
  accesses.includes('read') ? 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' : 'ENABLED';
