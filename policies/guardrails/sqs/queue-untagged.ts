import { z } from 'zod';
import { complies, defineGuardrail, look, settings, violates, whenSucceeded } from '#core';
import { type Queue, queuesOf, sqs } from '#core/operations/sqs';
import { creatorOf, ownerOf } from '#core/principal';

export default defineGuardrail({
  id: 'sqs.queue-untagged',
  version: 1,
  title: 'SQS queue without owner and creator tags',
  severity: 'low',
  why: 'Nobody knows whom to ask about it, or who pays for it.',
  limits: [
    'Tags taken away later are not seen: only the creation wakes it.',
    'A queue found by a sweep has no caller to name, so it is only reported.',
  ],
  frameworks: { 'cis-controls-8': ['1.1'] },
  settings: settings({
    owner: z.string().min(1).max(128).default('owner').describe('Key of the tag for the owner'),
    creator: z
      .string()
      .min(1)
      .max(128)
      .default('creator')
      .describe('Key of the tag for the creator'),
  }),

  triggers: whenSucceeded(sqs.createQueue),
  reads: [sqs.listQueueTags],
  writes: [sqs.tagQueue],

  resources: queuesOf,

  *observe(queue: Queue) {
    const listed = yield* look(sqs.listQueueTags(queue, { QueueUrl: queue.url }));
    return listed && { tags: listed.Tags ?? {} };
  },

  judge({ state, settings: { owner, creator } }) {
    if (state === undefined) return complies('the queue no longer exists');
    const missing = [owner, creator].filter((key) => !state.tags[key]);
    if (missing.length === 0) return complies(`the queue has the tags ${owner} and ${creator}`);
    return violates(`the queue has no tag ${missing.join(' and no tag ')}`);
  },

  plan({ resource: queue, state, cause, settings: { owner, creator } }) {
    if (state === undefined || cause.kind !== 'event') return [];
    const tags = { [owner]: ownerOf(cause.event.caller), [creator]: creatorOf(cause.event.caller) };
    const missing = Object.entries(tags).filter(([key]) => !state.tags[key]);
    return [sqs.tagQueue(queue, { QueueUrl: queue.url, Tags: Object.fromEntries(missing) })];
  },
});
