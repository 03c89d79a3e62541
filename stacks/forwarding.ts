import { type Configuration, deploymentOf } from '#config';
import { type AnyGuardrail, modeOf, names, type Trigger } from '#core';
import type { Forwarding } from '#modules/forwarder';
import { refuseWrongPattern } from '#modules/rule-pattern';
import { type CompiledRule, compileTriggers, patternText, regionTriggers } from '#pattern';

/**
 * What each governed Region forwards: compiled once, the same in every account.
 * @throws RangeError where a rule could never match
 */
export function forwardingOf(
  configuration: Configuration,
  guardrails: readonly AnyGuardrail[],
): ReadonlyMap<string, Forwarding> {
  const triggers = forwarded(configuration, guardrails).flatMap((guardrail) => guardrail.triggers);
  return new Map(
    configuration.regions.governed.map((region) => {
      const rules = forwardingRules(triggers, region).map(({ bin, pattern: compiled, state }) => {
        const [name, pattern] = [names.forwardingRule(bin), patternText(compiled)];
        refuseWrongPattern(name, pattern, { state, region });
        return [name, { pattern, state }];
      });
      return [region, Object.fromEntries(rules)];
    }),
  );
}

/** The name of the rule that forwards a call from a Region, where any does. */
export function forwardingRuleOf(
  configuration: Configuration,
  guardrails: readonly AnyGuardrail[],
  {
    region,
    source,
    name,
  }: { readonly region: string; readonly source: string; readonly name: string },
): string | undefined {
  const triggers = forwarded(configuration, guardrails).flatMap((guardrail) => guardrail.triggers);
  const rule = forwardingRules(triggers, region).find(({ calls }) =>
    calls.some((call) => call.source === source && call.name === name),
  );
  return rule && names.forwardingRule(rule.bin);
}

/** A member's replay of its own archive is nothing new. */
const forwardingRules = (triggers: readonly Trigger[], region: string): readonly CompiledRule[] =>
  compileTriggers(regionTriggers(triggers, region), { replays: 'excluded' });

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
