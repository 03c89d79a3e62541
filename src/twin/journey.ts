import { type JsonObject, parseTrailEvent, TryAgain, UnjudgeableEvent } from '#core';
import { type Handled, handle } from '#engine';
import type { Hop } from './carried';
import { DELAYS } from './clock';
import { type Arrival, deliver } from './delivery';
import { engineOf, guardrailsOf, mayPoll, type ResponderWorld } from './responder';

/** What became of one event on its way through the deployment. */
export interface Journey {
  readonly event: JsonObject;
  readonly hops: readonly Hop[];
  /** What else the event was sent to: log, streams, people. */
  readonly feeds: readonly Hop[];
  readonly handled: readonly Handled[];
  /** Why a responder could not judge it. */
  readonly rejected?: string;
  /** The operation of Parapet's own that this event records. */
  readonly own?: string;
}

/** An event that is on its way to a bus. */
export interface Waiting {
  readonly due: Date;
  readonly event: JsonObject;
  readonly bus: string;
  readonly own?: string;
}

/** Lets an event pass through the deployment, and be judged where it arrives. */
export async function travel(
  { event, bus, own }: Waiting,
  around: Omit<ResponderWorld, 'note'> & { readonly names: ReadonlyMap<string, string> },
): Promise<Journey> {
  const { hops, feeds, arrivals } = deliver(event, bus, around);
  const all = [...hops];
  const hop = (what: string, passed: boolean) =>
    all.push({ at: around.clock.now().toISOString(), what, passed });
  const world = { ...around, note: (reason: string) => hop(reason, false) };
  const handled: Handled[] = [];
  let rejected: string | undefined;
  for (const arrival of arrivals) {
    world.clock.pass(DELAYS.poll);
    const judged = await judge(arrival, world);
    hop(judged.what, judged.passed);
    handled.push(...judged.handled);
    if (judged.rejected) rejected = judged.what;
  }
  return {
    event,
    hops: all,
    feeds,
    handled,
    ...(rejected ? { rejected } : {}),
    ...(own ? { own } : {}),
  };
}

async function judge({ function: arn, message }: Arrival, world: ResponderWorld) {
  const responder = world.deployed.functions.get(arn);
  const stopped = (what: string, rejected = false) => ({
    what,
    passed: false,
    handled: [],
    rejected,
  });
  if (!responder) return stopped(`there is no function ${arn}`);
  const queue = [...world.deployed.mappings].find(([, mapped]) => mapped === arn)?.[0] ?? '';
  const polled = mayPoll(responder, queue, world);
  if (!polled.allowed) return stopped(`${responder.name} cannot take messages: ${polled.reason}`);
  if (guardrailsOf(responder, world.guardrails).guardrails.length === 0)
    return stopped(`${responder.name} has no guardrails`);
  try {
    const event = parseTrailEvent(message);
    const handled = await handle(event, engineOf(responder, world), { isLastTry: true });
    return { what: `${responder.name} judges it`, passed: true, handled, rejected: false };
  } catch (error) {
    if (error instanceof UnjudgeableEvent)
      return stopped(`${responder.name} rejects it: ${error.message}`, true);
    if (error instanceof TryAgain) return stopped(`${responder.name} gives up: ${error.message}`);
    return stopped(`${responder.name} fails: ${error instanceof Error ? error.message : error}`);
  }
}
