import { type Configuration, deploymentOf } from '#config';
import { type AnyGuardrail, modeOf, names } from '#core';
import type { Forwarding } from '#modules/forwarder';
import { compileTriggers, patternText, regionTriggers, ruleState } from '#pattern';

/** What each governed Region forwards: compiled once, the same in every account. */
export function forwardingOf(
  configuration: Configuration,
  guardrails: readonly AnyGuardrail[],
): ReadonlyMap<string, Forwarding> {
  const triggers = forwarded(configuration, guardrails).flatMap((guardrail) => guardrail.triggers);
  return new Map(
    configuration.regions.governed.map((region) => {
      const here = regionTriggers(triggers, region);
      // A member's replay of its own archive is nothing new.
      const patterns = compileTriggers(here, { replays: 'excluded' }).map(patternText);
      const rules = patterns.map((pattern, index) => [names.forwardingRule(index), pattern]);
      return [region, { rules: Object.fromEntries(rules), state: ruleState(here) }];
    }),
  );
}

/** All that are installed: else each step from off to shadow would be a fleet-wide deployment. */
function forwarded(
  configuration: Configuration,
  guardrails: readonly AnyGuardrail[],
): readonly AnyGuardrail[] {
  if (configuration.forward === 'all') return guardrails;
  const deployment = deploymentOf(configuration);
  return guardrails.filter(({ id }) =>
    configuration.accounts.some((account) => modeOf(deployment, id, account).mode !== 'off'),
  );
}
