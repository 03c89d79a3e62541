import type { DeadLetterQueue, Destination } from '#aws/dead-letters';
import { type AnyGuardrail, names, parseTrailEvent, serviceOf, type TrailEvent } from '#core';
import type { KnownQueue } from './queues';

type Home = Omit<DeadLetterQueue, 'queue'>;

/**
 * Where a message of the reject queue or of a member's forwarding goes: to the responders that judge
 * its call. The bus itself takes no event that says it comes from AWS. A member's administrator can
 * write to a queue of its own account: what is not from that account and Region stays.
 */
export function destinationOf(
  { body, from }: { readonly body: string; readonly from: string | undefined },
  source: KnownQueue,
  { guardrails, home }: { readonly guardrails: readonly AnyGuardrail[]; readonly home: Home },
): Destination {
  const to = (services: Iterable<string>) => ({
    to: [...new Set(services)].map((service) => ({ ...home, queue: names.queue(service) })),
  });
  if (source.redrive.kind === 'rejects') {
    const isKnown = from !== undefined && guardrails.some((one) => serviceOf(one) === from);
    return isKnown ? to([from]) : { left: 'no responder is called what rejected it' };
  }
  const event = eventIn(body);
  if (event === undefined) return { left: 'it is no event of CloudTrail' };
  if (event.account !== source.account || event.region !== source.region)
    return { left: 'it is not from the account and Region of its queue' };
  const judging = guardrails.filter(({ triggers }) =>
    triggers.some(
      ({ operation: { trail } }) =>
        trail.source === event.source && trail.names.includes(event.name),
    ),
  );
  return judging.length === 0
    ? { left: 'no guardrail judges its call' }
    : to(judging.map(serviceOf));
}

function eventIn(body: string): TrailEvent | undefined {
  try {
    return parseTrailEvent(body);
  } catch {
    // Whatever is wrong with it: a responder would reject it just so.
    return undefined;
  }
}
