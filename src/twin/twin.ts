import {
  type Answer,
  type AnyGuardrail,
  type Call,
  DECISION_SOURCE,
  type Decision,
  type Json,
  type JsonObject,
} from '#core';
import { type Authority, authorityOf, type Session } from './authority';
import { type Clock, clockFrom, DELAYS } from './clock';
import { defaultBus } from './delivery';
import { deployedFrom } from './deployed';
import { effects } from './effects';
import { type Journey, travel, type Waiting } from './journey';
import type { Deployed } from './model';
import type { TwinOrganization } from './organization';
import type { ResponderWorld } from './responder';
import { readStacks } from './terraform';
import { envelopeOf, recordOf, regionOf } from './trail';

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
