import type { AnyGuardrail, JsonObject } from '#core';
import type { PatternRule } from '#pattern';

/** What an object in a file is, as far as its bytes are matched for it. */
export type Mark = 'event' | 'call' | 'looked up' | 'digest' | 'insight';

const EXISTS = [{ exists: true }];

/**
 * Patterns for the objects of files. A `call` is one that a trigger names, whether it failed or not;
 * whether it wakes a guardrail is decided later, on the whole event.
 */
export function marks(guardrails: readonly AnyGuardrail[]): readonly PatternRule[] {
  const calls = new Map<string, Set<string>>();
  for (const { operation } of guardrails.flatMap(({ triggers }) => triggers)) {
    const { source, names } = operation.trail;
    calls.set(source, new Set([...(calls.get(source) ?? []), ...names]));
  }
  const rule = (name: Mark, pattern: JsonObject): PatternRule => ({
    name,
    pattern: JSON.stringify(pattern),
  });
  return [
    ...[...calls].flatMap(([source, names]) => {
      const record = { eventSource: [source], eventName: [...names] };
      return [rule('call', record), rule('call', { detail: record })];
    }),
    rule('event', { eventSource: EXISTS, eventName: EXISTS }),
    rule('event', { source: EXISTS, 'detail-type': EXISTS }),
    rule('looked up', { CloudTrailEvent: EXISTS }),
    rule('digest', { digestStartTime: EXISTS }),
    rule('insight', { eventType: ['AwsCloudTrailInsight'] }),
  ];
}
