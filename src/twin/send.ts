import { nameIn } from './arn-parts';
import type { Ruling } from './authority';
import type { Carried, World } from './carried';

/** Whether a rule may put an event into a queue. */
export function maySend(
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
