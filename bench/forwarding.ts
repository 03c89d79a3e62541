import type { JsonObject } from '#core';
import { compileTriggers, patternText, regionTriggers } from '#pattern';
import { guardrails } from '#policies/guardrails/index';
import { catalogue } from '../test/support/catalogue';
import { isLookedAt, measureForwarding } from '../test/support/over-forwarding';

/** At most this share of what is forwarded may wake nothing. */
const MOST_NEEDLESS = 0.05;

/** Rules of a member's Region at most, for the whole catalogue. */
const MOST_RULES = 6;

/** Prints what forwarding rules cost and what they forward; exit code 1 where a target is missed. */
function main(): void {
  const cases = [
    { of: 'the whole catalogue', all: catalogue() },
    { of: 'installed guardrails', all: guardrails },
  ];
  const held = cases.map(({ of, all }) => {
    const triggers = all.flatMap((one) => one.triggers);
    const rules = ['us-east-1', 'eu-west-1'].map((region) =>
      compileTriggers(regionTriggers(triggers, region), { replays: 'excluded' }),
    );
    const { events, forwarded, needless, envelopes } = measureForwarding(triggers);
    const isOfNone = (envelope: JsonObject) => !isLookedAt(guardrails, envelope);
    const most = Math.max(...rules.map((some) => some.length));
    const share = needless / forwarded;
    return {
      row: {
        of,
        rules: most,
        'longest pattern': Math.max(
          ...rules.flat().map(({ pattern }) => patternText(pattern).length),
        ),
        events,
        forwarded,
        'wake nothing': needless,
        share: `${(100 * share).toFixed(1)} %`,
        ...(all === guardrails
          ? { 'wake, but concern none': envelopes.filter(isOfNone).length }
          : {}),
      },
      isMet: most <= MOST_RULES && share <= MOST_NEEDLESS,
    };
  });
  console.table(held.map(({ row }) => row));
  if (held.some(({ isMet }) => !isMet)) process.exitCode = 1;
}

main();
