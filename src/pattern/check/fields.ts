import { nearest } from '#core/nearest';
import { ofTrail } from './cloudtrail-only';
import { conditionAt } from './condition';
import type { Check } from './fault';

/**
 * The fields of CloudTrail's record; those with a list have these and no others below them.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
const RECORD: Readonly<Record<string, readonly string[] | undefined>> = {
  addendum: undefined,
  additionalEventData: undefined,
  annotation: undefined,
  apiVersion: [],
  awsRegion: [],
  edgeDeviceDetails: undefined,
  errorCode: [],
  errorMessage: [],
  eventCategory: [],
  eventContext: undefined,
  eventID: [],
  eventName: [],
  eventSource: [],
  eventTime: [],
  eventType: [],
  eventVersion: [],
  insightDetails: undefined,
  managementEvent: [],
  readOnly: [],
  recipientAccountId: [],
  requestID: [],
  requestParameters: undefined,
  resources: undefined,
  responseElements: undefined,
  serviceEventDetails: undefined,
  sessionCredentialFromConsole: [],
  sharedEventID: [],
  sourceIPAddress: [],
  tlsDetails: ['cipherSuite', 'clientProvidedHostHeader', 'keyExchange', 'tlsVersion'],
  userAgent: [],
  userIdentity: [
    ...['accessKeyId', 'accountId', 'arn', 'credentialId', 'identityProvider', 'inScopeOf'],
    ...['invokedBy', 'onBehalfOf', 'principalId', 'sessionContext', 'sourceIdentity', 'type'],
    'userName',
  ],
  vpcEndpointAccountId: [],
  vpcEndpointId: [],
};

const SESSION_CONTEXT = [
  ...['assumedRoot', 'attributes', 'ec2RoleDelivery', 'sessionIssuer', 'sourceIdentity'],
  'webIdFederationData',
];
const SESSION_ISSUER = ['accountId', 'arn', 'principalId', 'type', 'userName'];

export const isRecordField = (key: string): boolean => Object.hasOwn(RECORD, key);

/** The names that may stand below a path of the record, where they are known. */
function knownBelow(path: readonly string[]): readonly string[] | undefined {
  if (path.length === 0) return Object.keys(RECORD);
  const joined = path.join('.');
  if (joined === 'userIdentity.sessionContext') return SESSION_CONTEXT;
  if (joined === 'userIdentity.sessionContext.sessionIssuer') return SESSION_ISSUER;
  const [field = ''] = path;
  return path.length === 1 && isRecordField(field) ? RECORD[field] : undefined;
}

/** CloudTrail sends no such field. */
export const fields: Check = ofTrail((alternative) => {
  for (const [path, { acceptsAbsent }] of alternative) {
    if (acceptsAbsent || !path.startsWith('detail.')) continue;
    const parts = path.split('.').slice(1);
    for (const [depth, part] of parts.entries()) {
      const above = parts.slice(0, depth);
      const known = knownBelow(above);
      if (known === undefined || known.includes(part)) continue;
      const near = nearest(part, known);
      const where = above.length === 0 ? 'its record' : `"${above.join('.')}"`;
      return {
        at: path,
        reason: `CloudTrail sends no "${part}" in ${where}`,
        mend:
          near === undefined
            ? 'leave the condition out, or look at a recorded event for the right field'
            : `write "${near}"`,
      };
    }
  }
  return undefined;
});

const ALWAYS_THERE = ['eventID', 'eventName', 'eventSource', 'eventTime'];

/** What every record of CloudTrail has is never missing. */
export const alwaysRecorded: Check = ofTrail((alternative) => {
  const field = ALWAYS_THERE.find((one) => conditionAt(alternative, `detail.${one}`)?.isOnlyAbsent);
  if (field === undefined) return undefined;
  const at = `detail.${field}`;
  return { at, reason: `"${at}" is never missing`, mend: 'leave the condition out' };
});
