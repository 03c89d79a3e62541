import { at, type JsonObject, textAt } from '#core';
import { matches } from '#pattern';
import type { Authority, Ruling } from './authority';
import { type Clock, DELAYS } from './clock';
import type { Deployed, Rule, Target } from './model';

/** One step of an event's way, and whether it went on from there. */
export interface Hop {
  readonly at: string;
  readonly what: string;
  readonly passed: boolean;
}

/** An event that reached a function's queue. */
export interface Arrival {
  readonly function: string;
  readonly message: string;
}

export interface Delivery {
  readonly hops: readonly Hop[];
  readonly arrivals: readonly Arrival[];
  /** Events that ended in a dead-letter queue: its ARN. */
  readonly deadLetters: readonly string[];
}

interface World {
  readonly deployed: Deployed;
  readonly authority: Authority;
  readonly clock: Clock;
  /** Account id → name. */
  readonly names: ReadonlyMap<string, string>;
}

const NOTHING: Delivery = { hops: [], arrivals: [], deadLetters: [] };

const joined = (deliveries: readonly Delivery[]): Delivery => ({
  hops: deliveries.flatMap(({ hops }) => hops),
  arrivals: deliveries.flatMap(({ arrivals }) => arrivals),
  deadLetters: deliveries.flatMap(({ deadLetters }) => deadLetters),
});

const accountIn = (arn: string): string => arn.split(':')[4] ?? '';
const nameIn = (arn: string): string =>
  arn.slice(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1);

/** Follows an event from a bus to the queues of the functions that would judge it. */
export function deliver(event: JsonObject, bus: string, world: World, hopsBefore = 0): Delivery {
  const text = JSON.stringify(event);
  const where = placeOf(bus, world);
  const rules = world.deployed.rules.filter((rule) => rule.bus === bus && sees(rule, event));
  const matching = rules.filter((rule) => matches(rule.pattern, text));
  if (matching.length === 0)
    return stopped(`no rule of ${where} matches ${described(event)}`, world);
  return joined(
    matching.flatMap((rule) =>
      rule.targets.map((target) => deliverTo(target, { rule, event, text, hopsBefore }, world)),
    ),
  );
}

function described(event: JsonObject): string {
  const name = textAt(event, 'detail', 'eventName') ?? event['detail-type'];
  const error = textAt(event, 'detail', 'errorCode');
  return error === undefined ? `${name}` : `the failed ${name} (${error})`;
}

/** Read-only management events reach only rules that ask for them. */
function sees(rule: Rule, event: JsonObject): boolean {
  if (rule.state === 'DISABLED') return false;
  const isReadOnly = at(event, 'detail', 'readOnly') === true;
  return !isReadOnly || rule.state === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
}

const placeOf = (bus: string, { names }: World): string => {
  const [, , , region, account = ''] = bus.split(':');
  return `the bus ${nameIn(bus)} of ${names.get(account) ?? account} in ${region}`;
};

interface Carried {
  readonly rule: Rule;
  readonly event: JsonObject;
  readonly text: string;
  readonly hopsBefore: number;
}

function deliverTo(target: Target, carried: Carried, world: World): Delivery {
  world.clock.pass(DELAYS.hop);
  const service = target.arn.split(':')[2];
  if (service === 'events') return toBus(target, carried, world);
  if (service === 'sqs') return toQueue(target, carried, world);
  return stopped(`the twin does not follow targets of ${service}`, world);
}

function toBus(target: Target, carried: Carried, world: World): Delivery {
  const ruling = mayPutOnBus(target, carried, world);
  if (!ruling.allowed) return toDeadLetters(target, carried, ruling.reason, world);
  const hop = passed(`rule ${carried.rule.name} sends it to ${placeOf(target.arn, world)}`, world);
  const next = deliver(carried.event, target.arn, world, carried.hopsBefore + 1);
  return joined([{ ...NOTHING, hops: [hop] }, next]);
}

function mayPutOnBus(
  { arn, role }: Target,
  { rule, event, hopsBefore }: Carried,
  world: World,
): Ruling {
  const { authority, deployed } = world;
  const refuse = (reason: string): Ruling => ({ allowed: false, reason });
  const bus = deployed.buses.get(arn);
  if (!bus) return refuse(`there is no bus ${arn}`);
  if (hopsBefore > 0 && accountIn(arn) !== rule.account)
    return refuse('EventBridge passes an event on to another account only once');
  if (role === undefined) return refuse(`the target of ${rule.name} has no role`);
  const known = deployed.roles.get(role);
  if (!known) return refuse(`there is no forwarding role ${role}`);
  const assumed = authority.service(
    'events.amazonaws.com',
    {
      action: 'sts:AssumeRole',
      resource: role,
      resourceAccount: known.account,
      context: { 'aws:SourceArn': rule.arn, 'aws:SourceAccount': rule.account },
    },
    known.trust,
  );
  if (!assumed.allowed) return refuse(`the forwarding role cannot be assumed: ${assumed.reason}`);
  const put = authority.session(
    { role, name: 'events' },
    {
      action: 'events:PutEvents',
      resource: arn,
      resourceAccount: accountIn(arn),
      region: arn.split(':')[3] ?? '',
      context: {
        'events:source': [String(event.source)],
        'events:detail-type': [String(event['detail-type'])],
        'events:eventBusInvocation': 'true',
      },
    },
    bus.policy,
  );
  return put.allowed ? put : refuse(`the forwarding role may not put it on the bus: ${put.reason}`);
}

function toQueue(target: Target, carried: Carried, world: World): Delivery {
  const ruling = maySend(target.arn, carried, world);
  if (!ruling.allowed) return toDeadLetters(target, carried, ruling.reason, world);
  const hop = passed(
    `rule ${carried.rule.name} sends it to the queue ${nameIn(target.arn)}`,
    world,
  );
  const mapped = world.deployed.mappings.get(target.arn);
  const sent = { ...NOTHING, hops: [hop] };
  if (mapped === undefined)
    return joined([sent, stopped(`no function takes from the queue ${nameIn(target.arn)}`, world)]);
  return { ...sent, arrivals: [{ function: mapped, message: carried.text }] };
}

function maySend(
  queueArn: string,
  { rule, text }: Pick<Carried, 'rule' | 'text'>,
  world: World,
): Ruling {
  const { authority, deployed } = world;
  const queue = deployed.queues.get(queueArn);
  if (!queue) return { allowed: false, reason: `there is no queue ${queueArn}` };
  if (Buffer.byteLength(text) > queue.largestBytes)
    return { allowed: false, reason: `the event is too large for the queue ${nameIn(queueArn)}` };
  const context = { 'aws:SourceArn': rule.arn, 'aws:SourceAccount': rule.account };
  const asked = { resource: queueArn, resourceAccount: queue.account, context };
  const sent = authority.service(
    'events.amazonaws.com',
    { ...asked, action: 'sqs:SendMessage' },
    queue.policy,
  );
  if (!sent.allowed || queue.key === undefined) return sent;
  const key = deployed.keys.get(queue.key);
  const used = ['kms:GenerateDataKey', 'kms:Decrypt'].map((action) =>
    authority.service('events.amazonaws.com', { ...asked, resource: queue.key ?? '', action }, key),
  );
  return used.find(({ allowed }) => !allowed) ?? sent;
}

/** A refused delivery is not tried again: it goes to the dead-letter queue at once, or is lost. */
function toDeadLetters(target: Target, carried: Carried, reason: string, world: World): Delivery {
  const queue = target.deadLetters;
  const kept = queue !== undefined && maySend(queue, carried, world).allowed;
  const end = kept ? `it waits in ${nameIn(queue)}` : 'it is lost: no dead-letter queue takes it';
  return { ...stopped(`${reason}; ${end}`, world), deadLetters: kept ? [queue] : [] };
}

const passed = (what: string, { clock }: World): Hop => ({
  at: clock.now().toISOString(),
  what,
  passed: true,
});

const stopped = (what: string, { clock }: World): Delivery => ({
  ...NOTHING,
  hops: [{ at: clock.now().toISOString(), what, passed: false }],
});

/** The event's bus, where AWS puts what happens in an account. */
export const defaultBus = (account: string, region: string): string =>
  `arn:aws:events:${region}:${account}:event-bus/default`;
