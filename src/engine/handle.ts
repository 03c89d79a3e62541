import {
  type AccountFacts,
  type AnyGuardrail,
  type Cause,
  type Decision,
  type Deployment,
  decisionId,
  decisionKey,
  modeOf,
  type Resource,
  type TrailEvent,
  TryAgain,
  UnjudgeableEvent,
} from '#core';
import { decide, type Question } from './decide';
import type { Ports } from './ports';
import { unwanted } from './wanted';

export interface Engine {
  readonly guardrails: readonly AnyGuardrail[];
  readonly deployment: Deployment;
  readonly ports: Ports;
  /** How long a claim and its lease last, milliseconds; longer than a run may take. */
  readonly leaseMs: number;
}

/** What became of an event, per guardrail and resource. */
export type Handled =
  | { readonly kind: 'decided'; readonly decision: Decision }
  | { readonly kind: 'repeated'; readonly id: string; readonly guardrail: string }
  | { readonly kind: 'ignored'; readonly guardrail: string; readonly reason: string };

interface Attempt {
  readonly event: TrailEvent;
  readonly engine: Engine;
  readonly account: AccountFacts;
  readonly received: Date;
  readonly isLastTry: boolean;
}

/**
 * Judges one event by every guardrail that wants it.
 * @throws UnjudgeableEvent where it comes from outside the organization or names impossible things.
 * @throws TryAgain where somebody else is at it, or a read was throttled and a try is left.
 */
export async function handle(
  event: TrailEvent,
  engine: Engine,
  { isLastTry }: { readonly isLastTry: boolean },
): Promise<readonly Handled[]> {
  const { accounts } = engine.deployment.organization;
  const account = Object.hasOwn(accounts, event.account) ? accounts[event.account] : undefined;
  if (account === undefined)
    throw new UnjudgeableEvent(`account ${event.account} is not in the organization`);
  const attempt = { event, engine, account, received: engine.ports.now(), isLastTry };
  const handled: Handled[] = [];
  for (const guardrail of engine.guardrails) handled.push(...(await judgeBy(guardrail, attempt)));
  return handled;
}

async function judgeBy(guardrail: AnyGuardrail, attempt: Attempt): Promise<readonly Handled[]> {
  const { event, engine, account } = attempt;
  const ignored = (reason: string): readonly Handled[] => [
    { kind: 'ignored', guardrail: guardrail.id, reason },
  ];
  const reason = unwanted(guardrail, event, engine.deployment);
  if (reason !== undefined) return ignored(reason);
  const { mode, from } = modeOf(engine.deployment, guardrail.id, { id: event.account, ...account });
  if (mode === 'off') return ignored(`off: ${from}`);
  const resources: readonly Resource[] = guardrail.resources(event);
  if (resources.length === 0) return ignored('the call concerns no resource of its');
  const handled: Handled[] = [];
  for (const resource of resources)
    handled.push(await judgeOne({ guardrail, resource, mode, modeFrom: from }, attempt));
  return handled;
}

async function judgeOne(
  subject: Pick<Question, 'guardrail' | 'resource' | 'mode' | 'modeFrom'>,
  { event, engine, account, received, isLastTry }: Attempt,
): Promise<Handled> {
  const { deployment, ports, leaseMs } = engine;
  const { guardrail, resource } = subject;
  const cause: Cause = { kind: 'event', event };
  const key = decisionKey(cause, guardrail.id, resource);
  const id = decisionId(key);
  const until = new Date(ports.now().getTime() + leaseMs);
  const claim = await ports.claim({ id, key, resource: resource.arn }, until);
  if (claim.kind === 'busy') throw new TryAgain(`${resource.arn} is being dealt with`);
  if (claim.kind === 'done') return { kind: 'repeated', id, guardrail: guardrail.id };
  const times = { received: received.toISOString(), until, isLastTry };
  const question = { ...subject, ...times, id, cause, ouPath: account.ouPath };
  const decided = await decide(question, deployment, ports);
  const decision: Decision = {
    ...decided,
    at: { called: event.time, ...decided.at, recorded: ports.now().toISOString() },
  };
  await ports.record(decision, claim.fence);
  return { kind: 'decided', decision };
}
