import type { DeadLetterQueue } from '#aws/dead-letters';
import type { Configuration } from '#config';
import { GLOBAL_REGION } from '#config/regions';
import { type AnyGuardrail, names, serviceOf } from '#core';

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
  { accounts, controlTower, outputs, parts, regions }: Configuration,
  guardrails: readonly AnyGuardrail[],
): readonly KnownQueue[] {
  const home = { account: parts.security, region: regions.home };
  const services = [...new Set(guardrails.map(serviceOf))].toSorted();
  const lifecycle = new Set([GLOBAL_REGION, ...(controlTower ? [controlTower.homeRegion] : [])]);
  const movable = (queue: string, to: string): KnownQueue => ({
    ...{ ...home, queue },
    redrive: { kind: 'move', to },
  });
  return [
    { ...home, queue: names.rejects, redrive: { kind: 'rejects' } },
    ...services.map((service) =>
      movable(names.responderDeadLetters(service), names.queue(service)),
    ),
    movable(names.deadLetters('notify'), names.notify),
    movable(names.deadLetters('vending'), names.vending),
    ...(outputs.securityHub ? [movable(names.deadLetters('security-hub'), names.securityHub)] : []),
    { ...home, queue: names.outputsDeadLetters, redrive: { kind: 'by hand' } },
    ...[...lifecycle].map((region) => ({
      ...{ account: parts.management, region, queue: names.deadLetters('lifecycle') },
      redrive: { kind: 'by hand' } as const,
    })),
    ...accounts.flatMap(({ id, regions: own }) =>
      own.map((region) => ({
        ...{ account: id, region, queue: names.forwardDeadLetters },
        redrive: { kind: 'forwarding' } as const,
      })),
    ),
  ];
}
