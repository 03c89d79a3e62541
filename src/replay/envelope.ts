import { type Deployment, isObject, type Json, type TrailEvent, textAt } from '#core';

const DETAIL_TYPES: Readonly<Record<string, string>> = {
  AwsConsoleSignIn: 'AWS Console Sign In via CloudTrail',
  AwsServiceEvent: 'AWS Service Event via CloudTrail',
};

/** An event as EventBridge carries it: as it is, or made around a bare CloudTrail record. */
export const enveloped = (found: Json): Json =>
  isObject(found) && found.detail
    ? found
    : {
        account:
          textAt(found, 'recipientAccountId') ?? textAt(found, 'userIdentity', 'accountId') ?? '',
        region: textAt(found, 'awsRegion') ?? '',
        source: `aws.${textAt(found, 'eventSource')?.split('.')[0]}`,
        time: textAt(found, 'eventTime') ?? '',
        'detail-type':
          DETAIL_TYPES[textAt(found, 'eventType') ?? ''] ?? 'AWS API Call via CloudTrail',
        detail: found,
      };

/** A deployment that governs where an event comes from, for want of a configuration. */
export const anywhere = ({ account, region }: TrailEvent): Deployment => ({
  partition: 'aws',
  organization: {
    id: '',
    accounts: { [account]: { name: account, kind: 'member', ouPath: '/' } },
  },
  security: { account, region },
  governed: [region],
  modes: [],
  settings: {},
});
