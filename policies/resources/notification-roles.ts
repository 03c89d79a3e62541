import { names } from '#core';
import { type PolicyDocument, policyDocument } from './document';
import { takeFromQueue, useKeyThrough, writeOwnLogs } from './own-work';
import { arns, type Place } from './place';

/** The pipe: from its queue through one function to one topic. */
export const pipePermissions = (place: Place, key: string): PolicyDocument =>
  policyDocument(
    takeFromQueue(place, names.notify),
    {
      sid: 'Enrich',
      actions: ['lambda:InvokeFunction'],
      resources: [arns.function(place, names.enrich)],
    },
    publish(place, [names.notifications]),
    useKeyThrough(place, key, {
      services: ['sns'],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    }),
  );

/** The enriching function: it reads the directory of accounts and nothing else. */
export const enrichPermissions = (
  place: Place,
  { key, logGroup }: { readonly key: string; readonly logGroup: string },
): PolicyDocument =>
  policyDocument(
    {
      sid: 'ReadDirectory',
      actions: ['dynamodb:GetItem'],
      resources: [arns.table(place, names.directory)],
    },
    useKeyThrough(place, key, { services: ['dynamodb'], actions: ['kms:Decrypt'] }),
    writeOwnLogs(place, logGroup),
  );

/** The state machine: two functions, two topics, and its own log. */
export const escalationPermissions = (place: Place, key: string): PolicyDocument =>
  policyDocument(
    {
      sid: 'EnrichAndLookAgain',
      actions: ['lambda:InvokeFunction'],
      resources: [names.enrich, names.lookAgain].map((name) => arns.function(place, name)),
    },
    publish(place, [names.notifications, names.alerts]),
    useKeyThrough(place, key, {
      services: ['sns'],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    }),
  );

const publish = (place: Place, topics: readonly string[]) => ({
  sid: 'Tell',
  actions: ['sns:Publish'],
  resources: topics.map((topic) => arns.topic(place, topic)),
});
