import { type Json, parseTrailEvent, type TrailEvent } from '#core';

/** A CloudTrail record in its envelope, as text; `detail` and `envelope` overwrite the defaults. */
export function envelope(
  detail: { readonly [key: string]: Json },
  outer: { readonly [key: string]: Json } = {},
): string {
  const account = typeof outer.account === 'string' ? outer.account : '444444444444';
  const source = typeof detail.eventSource === 'string' ? detail.eventSource : 's3.amazonaws.com';
  return JSON.stringify({
    version: '0',
    id: '6f1c9a52-0000-4000-8000-000000000001',
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${source.split('.')[0]}`,
    account,
    time: '2026-11-21T10:00:00Z',
    region: 'eu-west-1',
    resources: [],
    detail: {
      eventVersion: '1.11',
      userIdentity: {
        type: 'IAMUser',
        arn: `arn:aws:iam::${account}:user/ana`,
        accountId: account,
        userName: 'ana',
      },
      eventTime: '2026-11-21T10:00:00Z',
      eventSource: source,
      eventName: 'PutBucketAcl',
      awsRegion: 'eu-west-1',
      sourceIPAddress: '198.51.100.7',
      requestParameters: null,
      responseElements: null,
      eventID: '6f1c9a52-0000-4000-8000-0000000000aa',
      readOnly: false,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: account,
      eventCategory: 'Management',
      ...detail,
    },
    ...outer,
  });
}

export const trailEvent = (...parts: Parameters<typeof envelope>): TrailEvent =>
  parseTrailEvent(envelope(...parts));
