import { randomUUID } from 'node:crypto';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { type JsonObject, textAt } from '#core';
import type { ClientOptions } from './clients';
import { SandboxFailed } from './errors';

/** What a bus takes: an event without what the bus itself adds. */
export interface Entry {
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
}

/** A CloudTrail record: what is given, on what records of that account and Region all have. */
export const completeRecord = (
  given: JsonObject,
  { account, region }: { readonly account: string; readonly region: string },
): JsonObject => ({
  eventVersion: '1.11',
  eventTime: new Date().toISOString().replace(/\.\d+Z/, 'Z'),
  awsRegion: region,
  sourceIPAddress: '198.51.100.7',
  userAgent: 'parapet-sandbox',
  requestParameters: null,
  responseElements: null,
  eventID: randomUUID(),
  readOnly: false,
  eventType: isSignIn(given) ? 'AwsConsoleSignIn' : 'AwsApiCall',
  managementEvent: true,
  recipientAccountId: account,
  eventCategory: 'Management',
  ...given,
});

/** The record as CloudTrail puts it on its account's default bus. */
export const entryOf = (record: JsonObject): Entry => ({
  source: `aws.${textAt(record, 'eventSource')?.split('.')[0]}`,
  detailType: isSignIn(record)
    ? 'AWS Console Sign In via CloudTrail'
    : 'AWS API Call via CloudTrail',
  detail: record,
});

const isSignIn = (record: JsonObject): boolean => record.eventSource === 'signin.amazonaws.com';

/**
 * Puts one event on a bus, the caller's default one unless an ARN is given.
 * @throws SandboxFailed where the bus refuses it.
 */
export async function putEvent(options: ClientOptions, entry: Entry, bus?: string): Promise<void> {
  const { Entries: [answer] = [] } = await new EventBridgeClient(options).send(
    new PutEventsCommand({
      Entries: [
        {
          Source: entry.source,
          DetailType: entry.detailType,
          Detail: JSON.stringify(entry.detail),
          ...(bus === undefined ? {} : { EventBusName: bus }),
        },
      ],
    }),
  );
  if (answer?.ErrorCode)
    throw new SandboxFailed(`the bus refused: ${answer.ErrorCode} ${answer.ErrorMessage ?? ''}`);
}
