import {
  type Access,
  type Answer,
  type AnyGuardrail,
  type Call,
  type Made,
  names,
  type OperationFacts,
  roleArn,
  textAt,
} from '#core';
import { type Ports, sessionPolicy } from '#engine';
import type { Asked, Authority, Ruling, Session } from './authority';
import { type Clock, DELAYS } from './clock';
import { refused } from './effects';
import { idFrom } from './ids';
import type { Deployed, Responder } from './model';

/** What a responder reaches in member accounts. */
export interface MemberWorld {
  readonly deployed: Deployed;
  readonly authority: Authority;
  readonly clock: Clock;
  /** Makes a call on the members' state; a write leaves a record in the trail. */
  readonly make: (call: Call, session: Session | undefined) => Answer;
  /** Tells why a call was denied, which the answer to it does not. */
  readonly note: (reason: string) => void;
}

interface Caller {
  readonly responder: Responder;
  readonly service: string;
  readonly guardrails: readonly AnyGuardrail[];
}

type Context = NonNullable<Asked['context']>;

/** Reading and writing in member accounts, with the rights that the deployment gives. */
export function memberPorts(caller: Caller, world: MemberWorld): Pick<Ports, 'look' | 'act'> {
  const { responder, service, guardrails } = caller;
  const operations: ReadonlyMap<string, OperationFacts<Access>> = new Map(
    guardrails.flatMap(({ reads, writes }) => [...reads, ...writes]).map((one) => [one.id, one]),
  );
  const ask = (call: Call, session: Session): Answer | undefined => {
    const ruling = firstRefusal([
      mayAssume(responder, session, world),
      ...(operations.get(call.operation)?.iam ?? []).map((action) =>
        isAllowed(action, { call, session, context: contextOf(call) }, world),
      ),
    ]);
    if (!ruling) return undefined;
    world.note(`${call.operation} is denied: ${ruling.reason}`);
    return refused('AccessDenied');
  };
  /** The condition keys that AWS fills from a call's input, as far as grants are bound to them. */
  const contextOf = ({ operation, input }: Call): Context => {
    const onlyWith = operations.get(operation)?.onlyWith;
    const value = onlyWith && textAt(input, onlyWith.input);
    return onlyWith && value !== undefined ? { [onlyWith.key]: value } : {};
  };
  const role = (account: string, name: string) =>
    roleArn(responder.deployment.partition, account, name);

  return {
    async look(call) {
      world.clock.pass(DELAYS.call);
      const session = {
        role: role(call.on.account, names.readerRole),
        name: responder.name,
      };
      return ask(call, session) ?? world.make(call, undefined);
    },

    async *act(plan, { decision, guardrail, until }) {
      const [first] = plan;
      if (!first) return;
      const session = {
        role: role(first.on.account, names.remediationRole(service)),
        name: decision,
        sourceIdentity: guardrail,
        policy: sessionPolicy(plan, operations, until),
      };
      for (const [index, call] of plan.entries()) {
        world.clock.pass(DELAYS.call);
        const answer = ask(call, session) ?? world.make(call, session);
        const at = world.clock.now().toISOString();
        const made: Made = { call, requestId: idFrom(`${decision} ${index}`), answer, at };
        yield made;
        if (answer.kind === 'refused') return;
      }
    },
  };
}

/** Assuming a role across accounts takes both sides: the caller's policy and the trust policy. */
function mayAssume(responder: Responder, session: Session, world: MemberWorld): Ruling {
  const role = world.deployed.roles.get(session.role);
  if (!role) return { allowed: false, reason: `there is no role ${session.role}` };
  const { sourceIdentity } = session;
  const actions = [
    'sts:AssumeRole',
    ...(sourceIdentity === undefined ? [] : ['sts:SetSourceIdentity']),
  ];
  const context = {
    'sts:RoleSessionName': session.name,
    ...(sourceIdentity === undefined ? {} : { 'sts:SourceIdentity': sourceIdentity }),
  };
  const rulings = actions.map((action) =>
    world.authority.session(
      { role: responder.role, name: responder.name },
      {
        action,
        resource: role.arn,
        resourceAccount: role.account,
        context,
        region: responder.region,
      },
      role.trust,
    ),
  );
  return firstRefusal(rulings) ?? { allowed: true, reason: '' };
}

const firstRefusal = (rulings: readonly Ruling[]): Ruling | undefined =>
  rulings.find(({ allowed }) => !allowed);

const isAllowed = (
  action: string,
  {
    call: { on },
    session,
    context,
  }: {
    readonly call: Call;
    readonly session: Session;
    readonly context: Context;
  },
  world: MemberWorld,
): Ruling =>
  world.authority.session(session, {
    action,
    resource: on.arn,
    resourceAccount: on.account,
    region: on.region,
    context,
  });
