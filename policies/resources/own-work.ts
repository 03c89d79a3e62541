import type { Statement } from './document';
import { arns, type Place } from './place';

/** What every function may: write its own log. */
export const writeOwnLogs = (place: Place, logGroup: string): Statement => ({
  sid: 'WriteOwnLogs',
  actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  resources: [`${arns.logGroup(place, logGroup)}:*`],
});

/** Taking messages from one queue. */
export const takeFromQueue = (place: Place, queue: string): Statement => ({
  sid: 'TakeFromOwnQueue',
  actions: [
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:ChangeMessageVisibility',
    'sqs:GetQueueAttributes',
  ],
  resources: [arns.queue(place, queue)],
});

/** Using the account's key, but only through these services. */
export const useKeyThrough = (
  place: Place,
  key: string,
  use: { readonly services: readonly string[]; readonly actions: readonly string[] },
): Statement => ({
  sid: 'UseKey',
  actions: use.actions,
  resources: [key],
  conditions: {
    StringEquals: {
      'kms:ViaService': use.services.map((service) => `${service}.${place.region}.amazonaws.com`),
    },
  },
});
