import { at, type JsonObject, textAt } from '#core';
import { accountIn, nameIn } from './arn-parts';
import { mayAssume } from './assumption';
import type { Ruling } from './authority';
import type { Carried, Hop, World } from './carried';
import { DELAYS } from './clock';
import { fed, isFeed } from './feeds';
import type { Rule, Target } from './model';
import { maySend } from './send';

/** An event that reached a function's queue. */
export interface Arrival {
  readonly function: string;
  readonly message: string;
}

export interface Delivery {
  /** The way to whoever judges. */
  readonly hops: readonly Hop[];
  /** Everything else the rules of the way feed. */
  readonly feeds: readonly Hop[];
  readonly arrivals: readonly Arrival[];
  /** Events that ended in a dead-letter queue: its ARN. */
  readonly deadLetters: readonly string[];
}

const NOTHING: Delivery = { hops: [], feeds: [], arrivals: [], deadLetters: [] };

const joined = (deliveries: readonly Delivery[]): Delivery => ({
  hops: deliveries.flatMap(({ hops }) => hops),
  feeds: deliveries.flatMap(({ feeds }) => feeds),
  arrivals: deliveries.flatMap(({ arrivals }) => arrivals),
  deadLetters: deliveries.flatMap(({ deadLetters }) => deadLetters),
});

/** Follows an event from a bus to the queues of the functions that would judge it. */
export function deliver(event: JsonObject, bus: string, world: World, hopsBefore = 0): Delivery {
  const text = JSON.stringify(event);
  const where = placeOf(bus, world);
  const { rules, matcher } = world.deployed;
  const matched = new Set(matcher.match(text));
  const matching = rules.filter(
    (rule) => rule.bus === bus && sees(rule, event) && matched.has(rule.arn),
  );
  const targets = matching.flatMap((rule) =>
    rule.targets.map((target) => ({ target, carried: { rule, event, text, hopsBefore } })),
  );
  const isFed = ({ target }: { readonly target: Target }) => isFeed(target, world.deployed);
  const feeds = targets.filter(isFed).map(({ target, carried }) => feed(target, carried, world));
  const waking = targets.filter((one) => !isFed(one));
  const woken =
    waking.length === 0
      ? [stopped(`no rule of ${where} matches ${described(event)}`, world)]
      : waking.map(({ target, carried }) => deliverTo(target, carried, world));
  return joined([...feeds, ...woken]);
}

/** What serves an event without judging it: sent at the same time, so that no time passes. */
function feed(target: Target, carried: Carried, world: World): Delivery {
  const hops = fed(target, carried, world);
  const refused = hops.find(({ passed: went }) => !went);
  if (refused === undefined) return { ...NOTHING, feeds: hops };
  const { hops: ends, deadLetters } = toDeadLetters(target, carried, refused.what, world);
  return {
    ...NOTHING,
    feeds: [...hops.filter((hop) => hop !== refused), ...ends],
    deadLetters,
  };
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
  const by = { service: 'events.amazonaws.com', source: rule.arn, account: rule.account };
  const assumed = mayAssume(role, by, world);
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
