import { type Example, isObject, type Json, type JsonObject, type TrailEvent, textAt } from '#core';

/** The account's state in which the twin's effects answer as an example's `state` says. */
export function worldOf(service: string, { state = {} }: Example, event: TrailEvent): Json {
  const make = MAKERS[service];
  if (!make)
    throw new Error(`no effects for ${service}: add how its state is made in ${__filename}`);
  return make(state, event);
}

type Maker = (state: Readonly<Record<string, Json>>, event: TrailEvent) => Json;

const objectIn = (value: Json | undefined, key: string): JsonObject | undefined => {
  const found = isObject(value) ? value[key] : undefined;
  return isObject(found) ? found : undefined;
};

const MAKERS: Readonly<Record<string, Maker>> = {
  s3: (state, { request }) => {
    const policy = textAt(state['s3:GetBucketPolicy'], 'Policy');
    const block = objectIn(state['s3:GetPublicAccessBlock'], 'PublicAccessBlockConfiguration');
    const bucket = {
      ownership: 'ObjectWriter',
      acl: state['s3:GetBucketAcl'] ?? {},
      ...(policy === undefined ? {} : { policy }),
      ...(block === undefined ? {} : { block }),
    };
    return { s3: { [textAt(request, 'bucketName') ?? '']: bucket } };
  },
  sqs: (state, { account, region, request }) => {
    const url = `https://sqs.${region}.amazonaws.com/${account}/${textAt(request, 'queueName')}`;
    return { sqs: { [url]: { tags: objectIn(state['sqs:ListQueueTags'], 'Tags') ?? {} } } };
  },
};
