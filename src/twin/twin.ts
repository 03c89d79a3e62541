import {
  type Answer,
  type AnyGuardrail,
  type Call,
  DECISION_SOURCE,
  type Decision,
  type Json,
  type JsonObject,
  parseTrailEvent,
  TryAgain,
  UnjudgeableEvent,
} from '#core';
import { type Handled, handle } from '#engine';
import { type Authority, authorityOf, type Session } from './authority';
import type { Hop } from './carried';
import { type Clock, clockFrom, DELAYS } from './clock';
import { type Arrival, defaultBus, deliver } from './delivery';
import { deployedFrom } from './deployed';
import { effects } from './effects';
import type { Deployed } from './model';
import type { TwinOrganization } from './organization';
import { engineOf, guardrailsOf, mayPoll, type ResponderWorld } from './responder';
import { readStacks } from './terraform';
import { envelopeOf, recordOf, regionOf } from './trail';

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

/** The synthesised deployment, and members' accounts that live in memory. */
export interface Twin {
  readonly deployed: Deployed;
  readonly authority: Authority;
  readonly clock: Clock;
  readonly decisions: ReadonlyMap<string, Decision>;
  /** The accounts' state, by account id; may be changed from outside to set a scene. */
  readonly accounts: Map<string, Json>;
  readonly names: ReadonlyMap<string, string>;
  /** Makes a call as somebody of an account, and leaves its record in the trail. */
  call(call: Pick<Call, 'operation' | 'input' | 'on'>, caller: JsonObject): Answer;
  /** Puts an event on a bus, from the trail or as it stands. */
  put(event: JsonObject, bus: string): void;
  /** Lets all events that are on their way arrive, their repairs' own events too. */
  settle(): Promise<readonly Journey[]>;
}

interface Waiting {
  readonly due: Date;
  readonly event: JsonObject;
  readonly bus: string;
  readonly own?: string;
}

/** Reads the stacks of `outdir` and stands up the organization around them. */
export function twinOf(parts: {
  readonly outdir: string;
  readonly organization: TwinOrganization;
  readonly guardrails: readonly AnyGuardrail[];
  readonly start: Date;
}): Twin {
  const { organization, guardrails } = parts;
  const deployed = deployedFrom(readStacks(parts.outdir));
  const clock = clockFrom(parts.start);
  const authority = authorityOf(deployed, organization, () => clock.now());
  const accounts = new Map<string, Json>();
  const decisions = new Map<string, Decision>();
  const waiting: Waiting[] = [];

  const record = (call: Parameters<typeof recordOf>[0], own?: string) => {
    const region = regionOf(call);
    const due = new Date(clock.now().getTime() + DELAYS.trail);
    const event = envelopeOf(recordOf(call), { account: call.account, region, at: clock.now() });
    waiting.push({ due, event, bus: defaultBus(call.account, region), ...(own ? { own } : {}) });
  };
  const answer = (
    call: Pick<Call, 'operation' | 'input' | 'on'> & { readonly caller?: JsonObject },
  ): Answer => {
    const effect = effects[call.operation];
    if (!effect) throw new Error(`the twin does not know what ${call.operation} does`);
    const done = effect(accounts.get(call.on.account) ?? {}, call);
    accounts.set(call.on.account, done.world);
    return done.answer;
  };
  const make = (call: Call, session: Session | undefined): Answer => {
    const answered = answer(call);
    if (session) {
      const { account, region } = call.on;
      const caller = callerOf(session, account);
      const { operation, input } = call;
      record(
        { operation, input, answer: answered, account, region, caller, at: clock.now() },
        operation,
      );
    }
    return answered;
  };
  const publish = (event: JsonObject) => {
    const bus = [...deployed.buses.keys()][0];
    if (bus !== undefined) waiting.push({ due: clock.now(), event, bus });
  };
  const world: Omit<ResponderWorld, 'note'> = {
    deployed,
    authority,
    clock,
    guardrails,
    decisions,
    make,
    publish,
  };

  return {
    ...{ deployed, authority, clock, decisions, accounts, names: organization.names },
    call(call, caller) {
      const answered = answer({ ...call, caller });
      const { account, region } = call.on;
      const { operation, input } = call;
      record({ operation, input, answer: answered, account, region, caller, at: clock.now() });
      return answered;
    },
    put: (event, bus) => {
      waiting.push({ due: clock.now(), event, bus });
    },
    async settle() {
      const journeys: Journey[] = [];
      for (;;) {
        waiting.sort((a, b) => a.due.getTime() - b.due.getTime());
        const next = waiting.shift();
        if (!next) return journeys;
        clock.reach(next.due);
        const journey = await travel(next, { ...world, names: organization.names });
        // Own decisions go to no responder: they are told of where something does not get them.
        const isDecision = next.event.source === DECISION_SOURCE;
        const isHeard = journey.handled.length > 0 || journey.feeds.some(({ passed }) => !passed);
        if (!isDecision || isHeard) journeys.push(journey);
      }
    },
  };
}

async function travel(
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

function callerOf({ role, name, sourceIdentity }: Session, account: string): JsonObject {
  const roleName = role.slice(role.lastIndexOf('/') + 1);
  return {
    type: 'AssumedRole',
    arn: `arn:aws:sts::${account}:assumed-role/${roleName}/${name}`,
    accountId: account,
    sessionContext: {
      sessionIssuer: { type: 'Role', arn: role, accountId: account, userName: roleName },
      attributes: { mfaAuthenticated: 'false' },
      ...(sourceIdentity ? { sourceIdentity } : {}),
    },
  };
}
