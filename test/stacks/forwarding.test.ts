import type { AnyGuardrail, AnyOperation } from '#core';
import { guardrails } from '#policies/guardrails/index';
import { forwardingOf, forwardingRuleOf } from '#stacks/forwarding';
import { configuration } from './organization';

const [first] = guardrails;

/** A guardrail whose trigger has other event names. */
const triggeredBy = (source: string, ...names: readonly string[]): AnyGuardrail =>
  ({
    ...first,
    triggers: [
      {
        failed: 'ignored',
        operation: {
          ...first?.triggers[0]?.operation,
          trail: { source, names, region: 'own' },
        } as AnyOperation,
      },
    ],
  }) as AnyGuardrail;

test('each Region has the rules of its bins, by their names', () => {
  const forwarding = forwardingOf(configuration, guardrails);

  expect(Object.keys(forwarding.get('us-east-1') ?? {})).toEqual([
    ...['parapet-forward-compute', 'parapet-forward-detection', 'parapet-forward-identity'],
    ...['parapet-forward-services', 'parapet-forward-storage'],
  ]);
  expect(Object.keys(forwarding.get('eu-central-1') ?? {})).toEqual(
    Object.keys(forwarding.get('us-east-1') ?? {}),
  );
});

test('a rule that can never match fails the synthesis, with what would mend it', () => {
  const wrong = triggeredBy('s3.amazonaws.com', 'PutBucketPolcy');

  expect(() => forwardingOf(configuration, [wrong])).toThrow(
    'the pattern of parapet-forward-storage: detail.eventName: s3.amazonaws.com has no event "PutBucketPolcy" (as of 2026-09-26); write "PutBucketPolicy"',
  );
});

test('the rule that forwards a call is named, where one does', () => {
  const ruleOf = (source: string, name: string) =>
    forwardingRuleOf(configuration, guardrails, { region: 'us-east-1', source, name });

  expect(ruleOf('sqs.amazonaws.com', 'CreateQueue')).toBe('parapet-forward-services');
  expect(ruleOf('sqs.amazonaws.com', 'SendMessage')).toBeUndefined();
});
