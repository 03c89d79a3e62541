import { nameOf, names } from '#core';
import {
  AnyResource,
  type Conditions,
  type PolicyDocument,
  type Principal,
  policyDocument,
} from './document';
import { arns, type Place } from './place';

/** One line of a key's table: who may do what with it, and what for. */
export interface KeyGrant {
  readonly sid: string;
  readonly purpose: string;
  readonly principal: Principal;
  readonly actions: readonly string[];
  readonly conditions?: Conditions;
}

/** The services that use the key on behalf of whoever uses them. */
export const storageServices = (region: string): readonly string[] => [
  `dynamodb.${region}.amazonaws.com`,
  `s3.${region}.amazonaws.com`,
];

const ADMINISTRATION = [
  'CancelKeyDeletion',
  'DescribeKey',
  'DisableKey',
  'DisableKeyRotation',
  'EnableKey',
  'EnableKeyRotation',
  'GetKeyPolicy',
  'GetKeyRotationStatus',
  'ListGrants',
  'ListKeyPolicies',
  'ListResourceTags',
  'ListRetirableGrants',
  'ListKeyRotations',
  'PutKeyPolicy',
  'RevokeGrant',
  'RotateKeyOnDemand',
  'ScheduleKeyDeletion',
  'TagResource',
  'UntagResource',
  'UpdateAlias',
  'UpdateKeyDescription',
  'CreateAlias',
  'DeleteAlias',
];

const USE = [
  'Decrypt',
  'DescribeKey',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
];

const kms = (operations: readonly string[]) => operations.map((name) => `kms:${name}`);

/** Whom IAM lets administer a key; it cannot encrypt or decrypt by this. */
export const administration = (place: Place): KeyGrant => ({
  sid: 'Administration',
  purpose: 'Whom IAM lets administer the key; it cannot encrypt or decrypt by this.',
  principal: { AWS: arns.root(place) },
  actions: kms(ADMINISTRATION),
});

/** Every use of the security account's key: all that the account stores and sends is in this list. */
export function keyGrants(place: Place): readonly KeyGrant[] {
  const root = { AWS: arns.root(place) };
  return [
    administration(place),
    {
      sid: 'Stores',
      purpose:
        'Whom IAM lets use it, and only through tables, buckets, the SIEM stream and topics.',
      principal: root,
      actions: kms(USE),
      conditions: {
        StringEquals: { 'kms:ViaService': [...storageServices(place.region), ...through(place)] },
      },
    },
    {
      sid: 'ServiceGrants',
      purpose: 'DynamoDB and Firehose make themselves grants when tables and streams are created.',
      principal: root,
      actions: kms(['CreateGrant']),
      conditions: {
        StringEquals: {
          'kms:ViaService': ['dynamodb', 'firehose'].map(
            (of) => `${of}.${place.region}.amazonaws.com`,
          ),
        },
      },
    },
    {
      sid: 'Logs',
      purpose: 'CloudWatch Logs, for the log groups of Parapet only.',
      principal: { Service: `logs.${place.region}.amazonaws.com` },
      actions: kms(USE),
      conditions: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': LOG_FOLDERS.map((folder) =>
            arns.logGroup(place, `${folder}/${nameOf('*')}`),
          ),
        },
      },
    },
    {
      sid: 'Alarms',
      purpose: 'CloudWatch publishes on the encrypted alert topic; without it alarms vanish.',
      principal: { Service: 'cloudwatch.amazonaws.com' },
      actions: kms(['Decrypt', 'GenerateDataKey']),
      conditions: {
        ArnLike: { 'aws:SourceArn': arns.alarm(place, nameOf('*')) },
        StringEquals: { 'aws:SourceAccount': place.account },
      },
    },
    {
      sid: 'RuleAlerts',
      purpose: 'EventBridge publishes failed repairs on the encrypted alert topic.',
      principal: { Service: 'events.amazonaws.com' },
      actions: kms(['Decrypt', 'GenerateDataKey']),
      conditions: {
        ArnEquals: { 'aws:SourceArn': arns.busRule(place, names.bus, names.outputRules.troubled) },
        StringEquals: { 'aws:SourceAccount': place.account },
      },
    },
  ];
}

/** What is neither table nor bucket, and asks for the key on behalf of whoever uses it. */
const through = ({ region }: Place): readonly string[] => [
  `kinesis.${region}.amazonaws.com`,
  `sns.${region}.amazonaws.com`,
];

const LOG_FOLDERS = [
  '/aws/lambda',
  '/aws/events',
  '/aws/kinesisfirehose',
  '/aws/vendedlogs/states',
];

/** The key policy that a table of grants makes. */
export const keyPolicy = (grants: readonly KeyGrant[]): PolicyDocument =>
  policyDocument(
    ...grants.map(({ purpose: _, ...grant }) => ({
      ...grant,
      resources: [new AnyResource('in a key policy * is the key itself')],
    })),
  );
