import type { DeadLetterQueue } from '#aws/dead-letters';
import type { Configuration } from '#config';
import { type AnyGuardrail, nameOf, names, serviceOf } from '#core';

/** How what waits in a queue can be tried again. */
export type Redrive =
  | { readonly kind: 'move'; readonly to: string }
  | { readonly kind: 'rejects' }
  | { readonly kind: 'forwarding' }
  | { readonly kind: 'by hand' };

export interface KnownQueue extends DeadLetterQueue {
  readonly redrive: Redrive;
}

/** Every dead-letter queue that the stacks make, and the reject queue: security first, then members. */
export function deadLetterQueues(
  { accounts, parts, regions }: Configuration,
  guardrails: readonly AnyGuardrail[],
): readonly KnownQueue[] {
  const home = { account: parts.security, region: regions.home };
  const services = [...new Set(guardrails.map(serviceOf))].toSorted();
  const forwarding = names.deadLetters('forward');
  return [
    { ...home, queue: names.rejects, redrive: { kind: 'rejects' } },
    ...services.map((service) => ({
      ...{ ...home, queue: names.deadLetters(`respond-${service}`) },
      redrive: { kind: 'move', to: names.queue(service) } as const,
    })),
    {
      ...{ ...home, queue: names.deadLetters('vending') },
      redrive: { kind: 'move', to: names.vending },
    },
    { ...home, queue: nameOf('outputs', 'dead-letters'), redrive: { kind: 'by hand' } },
    {
      ...{
        account: parts.management,
        region: 'us-east-1',
        queue: nameOf('lifecycle', 'dead-letters'),
      },
      redrive: { kind: 'by hand' },
    },
    ...accounts.flatMap(({ id, regions: own }) =>
      own.map((region) => ({
        ...{ account: id, region, queue: forwarding },
        redrive: { kind: 'forwarding' } as const,
      })),
    ),
  ];
}
