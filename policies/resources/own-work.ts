import { busArn, DECISION_SOURCE } from '#core';
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

/** A secret's ARN: Secrets Manager adds a hyphen and six characters to its name. */
const secretArn = ({ partition, region, account }: Place, secret: string): string =>
  secret.startsWith('arn:')
    ? secret
    : `arn:${partition}:secretsmanager:${region}:${account}:secret:${secret}-??????`;

/** Reading one secret, whichever key of the account it has: that key opens nothing else. */
export function readSecret(place: Place, id: string): readonly Statement[] {
  const { partition, region, account } = place;
  const secret = secretArn(place, id);
  return [
    { sid: 'ReadSecret', actions: ['secretsmanager:GetSecretValue'], resources: [secret] },
    {
      sid: 'DecryptSecret',
      actions: ['kms:Decrypt'],
      resources: [`arn:${partition}:kms:${region}:${account}:key/*`],
      conditions: {
        StringEquals: { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` },
        StringLike: { 'kms:EncryptionContext:SecretARN': secret },
      },
    },
  ];
}

/** Putting decisions on the security bus, and nothing that says it is from somebody else. */
export const announceDecisions = ({ partition, region, account }: Place): Statement => ({
  sid: 'AnnounceDecisions',
  actions: ['events:PutEvents'],
  resources: [busArn(partition, region, account)],
  conditions: {
    'ForAllValues:StringEquals': { 'events:source': DECISION_SOURCE },
    Null: { 'events:source': 'false' },
  },
});
