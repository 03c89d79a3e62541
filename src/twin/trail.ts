import { createHash } from 'node:crypto';
import { type Answer, at, type Json, type JsonObject, textAt } from '#core';
import { s3 } from '#core/operations/s3';
import { sqs } from '#core/operations/sqs';

/** A call as the trail saw it. */
export interface Recorded {
  readonly operation: string;
  readonly input: Json;
  readonly answer: Answer;
  readonly account: string;
  readonly region: string;
  readonly caller: JsonObject;
  readonly at: Date;
}

const OPERATIONS = new Map(
  [...Object.values(s3), ...Object.values(sqs)].map((one) => [one.id, one.trail]),
);

/** Services whose calls appear in us-east-1 only. */
const GLOBAL = new Set(['iam', 'organizations', 'route53', 'cloudfront']);

/** An id that is the same in every run: a UUID's form, made from a text. */
export function idFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
  ];
  return [...parts, hex.slice(20, 32)].join('-');
}

/** Where a call's event appears: global services in us-east-1, all others where they were called. */
export const regionOf = ({ operation, region }: Pick<Recorded, 'operation' | 'region'>): string =>
  GLOBAL.has(operation.split(':')[0] ?? '') ? 'us-east-1' : region;

/** The CloudTrail record of a call, in AWS's form. */
export function recordOf(call: Recorded): JsonObject {
  const [service = '', name = ''] = call.operation.split(':');
  const trail = OPERATIONS.get(call.operation);
  const shape = SHAPES[service] ?? plainly;
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

interface Shape {
  readonly request: (call: Recorded) => Json;
  readonly response: (call: Recorded) => Json;
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

const plainly: Shape = {
  request: ({ input }) =>
    Object.fromEntries(
      Object.entries(input as JsonObject).map(([key, value]) => [lowerFirst(key), value]),
    ),
  response: () => null,
};

/** Subresources stand in S3's records as empty query flags. */
const S3_FLAGS: Readonly<Record<string, string>> = {
  's3:PutBucketAcl': 'acl',
  's3:PutBucketPolicy': 'policy',
  's3:DeleteBucketPolicy': 'policy',
  's3:PutPublicAccessBlock': 'publicAccessBlock',
  's3:DeletePublicAccessBlock': 'publicAccessBlock',
};

const s3Shape: Shape = {
  request: ({ operation, input, region }) => {
    const bucket = textAt(input, 'Bucket') ?? '';
    const flag = S3_FLAGS[operation];
    const acl = textAt(input, 'ACL');
    const policy = textAt(input, 'Policy');
    const block = at(input, 'PublicAccessBlockConfiguration');
    return {
      bucketName: bucket,
      Host: `${bucket}.s3.${region}.amazonaws.com`,
      ...(flag ? { [flag]: '' } : {}),
      ...(acl ? { 'x-amz-acl': acl } : {}),
      ...(policy ? { bucketPolicy: JSON.parse(policy) } : {}),
      ...(block ? { PublicAccessBlockConfiguration: block } : {}),
    };
  },
  response: () => null,
};

const sqsShape: Shape = {
  request: plainly.request,
  response: ({ answer }) => {
    const url = answer.kind === 'found' ? textAt(answer.value, 'QueueUrl') : undefined;
    return url === undefined ? null : { queueUrl: url };
  },
};

const SHAPES: Readonly<Record<string, Shape>> = { s3: s3Shape, sqs: sqsShape };
