import { at, isObject, type Json, type JsonObject, textAt } from '#core';
import { absent, type Effect, found, refused } from './effect';

const queuesIn = (world: Json): JsonObject => {
  const queues = at(world, 'sqs');
  return isObject(queues) ? queues : {};
};

const withQueue = (world: Json, url: string, tags: JsonObject): Json => ({
  ...(isObject(world) ? world : {}),
  sqs: { ...queuesIn(world), [url]: { tags } },
});

const tagsOf = (world: Json, url: string): JsonObject | undefined =>
  at(world, 'sqs', url, 'tags') as JsonObject | undefined;

const given = (input: Json, key: string): JsonObject => {
  const tags = at(input, key);
  return isObject(tags) ? tags : {};
};

/** The queue calls that guardrails and scenarios make. */
export const sqsEffects: Readonly<Record<string, Effect>> = {
  'sqs:CreateQueue': (world, { input, on: { account, region } }) => {
    const url = `https://sqs.${region}.amazonaws.com/${account}/${textAt(input, 'QueueName')}`;
    const known = tagsOf(world, url);
    const tags = given(input, 'tags');
    if (known && JSON.stringify(known) !== JSON.stringify(tags))
      return { world, answer: refused('QueueAlreadyExists') };
    return { world: withQueue(world, url, tags), answer: found({ QueueUrl: url }) };
  },
  'sqs:ListQueueTags': (world, { input }) => {
    const tags = tagsOf(world, textAt(input, 'QueueUrl') ?? '');
    if (!tags) return { world, answer: absent };
    return { world, answer: found(Object.keys(tags).length > 0 ? { Tags: tags } : {}) };
  },
  'sqs:TagQueue': (world, { input }) => {
    const url = textAt(input, 'QueueUrl') ?? '';
    const tags = tagsOf(world, url);
    if (!tags) return { world, answer: refused('QueueDoesNotExist') };
    return { world: withQueue(world, url, { ...tags, ...given(input, 'Tags') }), answer: found() };
  },
};
