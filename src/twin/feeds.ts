import { accountIn, nameIn } from './arn-parts';
import type { Carried, Hop, World } from './carried';
import {
  byRole,
  intoLake,
  mayLog,
  mayPublish,
  refuse,
  type Step,
  throughPipe,
} from './feed-rulings';
import type { Deployed, Target } from './model';
import { maySend } from './send';

const FED = ['kinesis', 'firehose', 'logs', 'sns', 'states', 'lambda'];

/** Whether a target serves an event without judging it. */
export function isFeed({ arn }: Target, deployed: Deployed): boolean {
  const service = arn.split(':')[2] ?? '';
  if (service !== 'sqs') return FED.includes(service);
  const mapped = deployed.mappings.get(arn);
  return deployed.pipes.has(arn) || (mapped !== undefined && deployed.otherFunctions.has(mapped));
}

/** The hops of an event to such a target and one beyond; the last did not pass where one is refused. */
export function fed(target: Target, carried: Carried, world: World): readonly Hop[] {
  const at = world.clock.now().toISOString();
  const { rule } = carried;
  const [first, ...next] = wayTo(target, carried, world);
  const hops: Hop[] = [];
  for (const step of [{ ...first, what: `rule ${rule.name} ${first?.what}` }, ...next]) {
    const { ruling, what } = step;
    if (ruling?.allowed === false) return [...hops, { at, what: ruling.reason, passed: false }];
    hops.push({ at, what, passed: true });
  }
  return hops;
}

function wayTo(target: Target, carried: Carried, world: World): readonly Step[] {
  const { arn } = target;
  const name = nameIn(arn);
  switch (arn.split(':')[2]) {
    case 'kinesis': {
      const stream = world.deployed.streams.get(arn);
      const put = { action: 'kinesis:PutRecord', what: `puts it into the stream ${name}`, stream };
      return [byRole(target, carried, { ...put, uses: ['kms:GenerateDataKey'] }, world)];
    }
    case 'firehose': {
      const put = {
        action: 'firehose:PutRecord',
        what: `puts it into the stream ${name}`,
        uses: [],
      };
      const stream = world.deployed.deliveryStreams.get(arn);
      return [byRole(target, carried, { ...put, stream }, world), ...intoLake(arn, world)];
    }
    case 'states': {
      const machine = world.deployed.machines.has(arn) ? { account: accountIn(arn) } : undefined;
      const start = { action: 'states:StartExecution', what: `starts ${name}`, uses: [] };
      return [byRole(target, carried, { ...start, stream: machine }, world)];
    }
    case 'logs':
      return [{ what: `writes it to the log ${name}`, ruling: mayLog(arn, carried, world) }];
    case 'sns':
      return [{ what: `tells the topic ${name}`, ruling: mayPublish(arn, carried, world) }];
    case 'sqs': {
      const ruling = maySend(arn, carried, world);
      const pipe = world.deployed.pipes.get(arn);
      const sent = { what: `sends it to the queue ${name}`, ruling };
      return pipe === undefined ? [sent] : [sent, ...throughPipe(arn, pipe, world)];
    }
    default:
      return [{ what: '', ruling: refuse(`the twin does not follow targets of ${arn}`) }];
  }
}
