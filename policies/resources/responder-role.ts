import { busArn, DECISION_SOURCE, names, roleArn } from '#core';
import { type PolicyDocument, policyDocument, type Statement } from './document';
import { storageServices } from './key-grants';
import { takeFromQueue, writeOwnLogs } from './own-work';
import { arns, type Place } from './place';

/** What one service's responder may do. */
export interface ResponderRole {
  readonly place: Place;
  readonly organization: string;
  readonly service: string;
  /** Whether any of its guardrails reads anything. */
  readonly reads: boolean;
  /** The ids of its guardrails that write: the source identities it may take. */
  readonly repairing: readonly string[];
  readonly key: string;
  readonly logGroup: string;
}

/** Trusts Lambda on behalf of this account; which function may have the role is PassRole's matter. */
export const responderTrust = (place: Place): PolicyDocument =>
  policyDocument({
    sid: 'FunctionsOfThisAccount',
    principal: { Service: 'lambda.amazonaws.com' },
    actions: ['sts:AssumeRole'],
    conditions: { StringEquals: { 'aws:SourceAccount': place.account } },
  });

/** Own queue, own logs, the shared stores, decisions on the bus, and the roles in the members. */
export function responderPermissions(role: ResponderRole): PolicyDocument {
  const { place, service, key, logGroup } = role;
  const bodies = arns.bucket(place, names.bodies(place.account, place.region));
  return policyDocument(
    takeFromQueue(place, names.queue(service)),
    {
      sid: 'Reject',
      actions: ['sqs:SendMessage'],
      resources: [arns.queue(place, names.rejects)],
    },
    {
      sid: 'KeepDecisions',
      actions: [
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
      ],
      resources: [arns.table(place, names.decisions)],
    },
    {
      sid: 'KeepBodies',
      actions: ['s3:GetObject', 's3:PutObject'],
      resources: [`${bodies}/*`],
    },
    {
      sid: 'UseKeyThroughStores',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [key],
      conditions: { StringEquals: { 'kms:ViaService': storageServices(place.region) } },
    },
    {
      sid: 'AnnounceDecisions',
      actions: ['events:PutEvents'],
      resources: [busArn(place.partition, place.region, place.account)],
      conditions: {
        'ForAllValues:StringEquals': { 'events:source': DECISION_SOURCE },
        Null: { 'events:source': 'false' },
      },
    },
    writeOwnLogs(place, logGroup),
    ...assuming(role),
  );
}

/** The roles in any account, but only of this organization. */
function assuming(role: ResponderRole): readonly Statement[] {
  const own = { 'aws:ResourceOrgID': role.organization };
  const inAnyAccount = (name: string) => [roleArn(role.place.partition, '*', name)];
  const read: Statement = {
    sid: 'ReadInMembers',
    actions: ['sts:AssumeRole'],
    resources: inAnyAccount(names.readerRole),
    conditions: { StringEquals: own },
  };
  const repair: Statement = {
    sid: 'RepairInMembers',
    actions: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
    resources: inAnyAccount(names.remediationRole(role.service)),
    conditions: { StringEquals: { ...own, 'sts:SourceIdentity': role.repairing } },
  };
  return [...(role.reads ? [read] : []), ...(role.repairing.length > 0 ? [repair] : [])];
}
