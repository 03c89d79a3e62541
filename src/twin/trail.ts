import { type JsonObject, textAt } from '#core';
import { cloudtrail } from '#core/operations/cloudtrail';
import { ec2 } from '#core/operations/ec2';
import { iam } from '#core/operations/iam';
import { s3 } from '#core/operations/s3';
import { sqs } from '#core/operations/sqs';
import { idFrom } from './ids';
import { type Recorded, shapes } from './shapes';

const OPERATIONS = new Map(
  [s3, sqs, ec2, iam, cloudtrail]
    .flatMap((service) => Object.values(service))
    .map((one) => [one.id, one.trail]),
);

/** Services whose calls appear in us-east-1 only. */
const GLOBAL = new Set(['iam', 'organizations', 'route53', 'cloudfront']);

/** Where a call's event appears: global services in us-east-1, all others where they were called. */
export const regionOf = ({ operation, region }: Pick<Recorded, 'operation' | 'region'>): string =>
  GLOBAL.has(operation.split(':')[0] ?? '') ? 'us-east-1' : region;

/** The CloudTrail record of a call, in AWS's form. */
export function recordOf(call: Recorded): JsonObject {
  const [service = '', name = ''] = call.operation.split(':');
  const trail = OPERATIONS.get(call.operation);
  const shape = shapes(service);
  const failed = call.answer.kind === 'refused' ? call.answer.code : undefined;
  return {
    eventName: trail?.names[0] ?? name,
    eventSource: trail?.source ?? `${service}.amazonaws.com`,
    eventTime: toSeconds(call.at),
    awsRegion: regionOf(call),
    userIdentity: call.caller,
    requestParameters: shape.request(call),
    responseElements: failed === undefined ? shape.response(call) : null,
    readOnly: /^(Get|List|Describe|Head)/.test(name),
    ...(failed === undefined ? {} : { errorCode: failed, errorMessage: failed }),
  };
}

export const toSeconds = (at: Date): string => at.toISOString().replace(/\.\d+Z$/, 'Z');

/** A record inside the envelope in which EventBridge gets it; what it lacks is filled in. */
export function envelopeOf(
  record: JsonObject,
  place: { readonly account: string; readonly region: string; readonly at: Date },
): JsonObject {
  const { account, region, at: now } = place;
  const source = textAt(record, 'eventSource') ?? '';
  const id = idFrom(JSON.stringify([record, account, region, now.getTime()]));
  return {
    version: '0',
    id,
    'detail-type': source.startsWith('signin.')
      ? 'AWS Console Sign In via CloudTrail'
      : 'AWS API Call via CloudTrail',
    source: `aws.${source.split('.')[0]}`,
    account,
    time: toSeconds(now),
    region,
    resources: [],
    detail: {
      eventVersion: '1.11',
      userIdentity: null,
      eventTime: toSeconds(now),
      awsRegion: region,
      sourceIPAddress: '198.51.100.7',
      requestParameters: null,
      responseElements: null,
      eventID: idFrom(id),
      readOnly: false,
      eventType: source.startsWith('signin.') ? 'AwsConsoleSignIn' : 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: account,
      eventCategory: 'Management',
      ...record,
    },
  };
}
