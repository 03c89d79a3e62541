import type { AnyGuardrail, Example, Json } from '#core';
import { handle, offlinePorts } from '#engine';
import { deployment } from './deployment';
import { trailEvent } from './event';

export async function judgeExample(guardrail: AnyGuardrail, example: Example) {
  const { verdict, reason, planned } = await decisionOf(guardrail, example);
  return { verdict, reason, plan: planned };
}

async function decisionOf(guardrail: AnyGuardrail, example: Example) {
  const engine = {
    guardrails: [guardrail],
    deployment: deployment({ settings: { [guardrail.id]: example.settings ?? {} } }),
    ports: offlinePorts(example.state ?? {}, () => new Date('2026-11-21T10:00:01Z')),
    leaseMs: 60_000,
  };
  const [handled] = await handle(trailEvent(example.event), engine, { isLastTry: true });
  if (handled?.kind !== 'decided')
    return {
      verdict: 'ignored',
      reason: handled?.kind === 'ignored' ? handled.reason : '',
      planned: [],
    };
  const { verdict, planned } = handled.decision;
  return {
    ...verdict,
    planned: planned.map(({ operation, input }) => ({
      operation,
      input: JSON.parse(JSON.stringify(input)) as Json,
    })),
  };
}
