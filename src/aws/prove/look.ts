import { gunzipSync } from 'node:zlib';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { at, decisionId, decisionKey, type Json, names, textAt } from '#core';
import { dayOf, partitionOf } from '#lake/partition';
import { EVENT_CLASS } from '#lake/rows';
import type { AccountClientConfig } from '../accounts';

/** What a place has of the call, or undefined where it has nothing yet. */
export interface Sight {
  readonly at?: Date | undefined;
  /** CloudTrail's id of the call, where the place tells it. */
  readonly eventID?: string | undefined;
  readonly because?: string;
}

/** The account's own event history: up to some minutes behind, but it needs no rule and no bus. */
export async function inTrail(
  config: AccountClientConfig,
  { queue, called }: { readonly queue: string; readonly called: Date },
): Promise<Sight | undefined> {
  const client = new CloudTrailClient(config);
  const { Events: events = [] } = await client.send(
    new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'CreateQueue' }],
      StartTime: new Date(called.getTime() - 60_000),
    }),
  );
  const found = events.find(({ CloudTrailEvent: text = '' }) => text.includes(`"${queue}"`));
  return found && { at: found.EventTime, eventID: found.EventId };
}

/** The log group that the bus feeds with everything. */
export async function inLogGroup(
  config: AccountClientConfig,
  of: { readonly group: string; readonly queue: string; readonly called: Date },
): Promise<Sight | undefined> {
  const client = new CloudWatchLogsClient(config);
  let token: string | undefined;
  do {
    const { events = [], nextToken } = await client.send(
      new FilterLogEventsCommand({
        logGroupName: of.group,
        filterPattern: `"${of.queue}"`,
        startTime: of.called.getTime() - 60_000,
        ...(token === undefined ? {} : { nextToken: token }),
      }),
    );
    for (const { message = '', ingestionTime, timestamp } of events) {
      const event = jsonOf(message);
      if (textAt(event, 'detail', 'eventName') !== 'CreateQueue') continue;
      const seen = ingestionTime ?? timestamp;
      const eventID = textAt(event, 'detail', 'eventID');
      return { eventID, ...(seen === undefined ? {} : { at: new Date(seen) }) };
    }
    token = nextToken;
  } while (token !== undefined);
  return undefined;
}

/** The decision of one of these guardrails about the queue. */
export async function inDecisions(
  config: AccountClientConfig,
  of: {
    readonly eventID: string;
    readonly account: string;
    readonly guardrails: readonly string[];
    readonly arn: string;
  },
): Promise<Sight | undefined> {
  const table = DynamoDBDocumentClient.from(new DynamoDBClient(config));
  for (const guardrail of of.guardrails) {
    const id = decisionId(decisionKey({ kind: 'event', event: of }, guardrail, of));
    const { Item: item } = await table.send(
      new GetCommand({ TableName: names.decisions, Key: { id }, ConsistentRead: true }),
    );
    if (item?.state !== 'final') continue;
    const recorded = textAt(item.summary, 'at', 'recorded');
    const { verdict, outcome } = item.summary as Readonly<Record<string, string>>;
    return {
      ...(recorded === undefined ? {} : { at: new Date(recorded) }),
      because: `${guardrail}: ${verdict}, ${outcome}`,
    };
  }
  return undefined;
}

/** An object of the lake, younger than the call, that names the queue. */
export async function inLake(
  config: AccountClientConfig,
  of: { readonly bucket: string; readonly queue: string; readonly called: Date },
): Promise<Sight | undefined> {
  const client = new S3Client({ ...config, forcePathStyle: config.endpoint !== undefined });
  // The stream names its folders by the day of arrival, which may be the day after the call.
  const called = of.called.getTime();
  const days = [called, called + LATEST_MS].map(dayOf);
  for (const day of new Set(days)) {
    const found = await inFolder(client, { ...of, prefix: partitionOf(EVENT_CLASS, day) });
    if (found) return found;
  }
  return undefined;
}

/** S3 tells the second in which an object was written. */
const S3_CLOCK_MS = 1000;

/** The lake's stream writes what it gathered long before this. */
const LATEST_MS = 15 * 60_000;

async function inFolder(
  client: S3Client,
  of: {
    readonly bucket: string;
    readonly queue: string;
    readonly called: Date;
    readonly prefix: string;
  },
): Promise<Sight | undefined> {
  const pages = paginateListObjectsV2({ client }, { Bucket: of.bucket, Prefix: of.prefix });
  for await (const { Contents: objects = [] } of pages)
    for (const { Key: key, LastModified: written } of objects) {
      if (key === undefined || written === undefined) continue;
      if (written.getTime() + S3_CLOCK_MS <= of.called.getTime()) continue;
      const { Body: body } = await client.send(
        new GetObjectCommand({ Bucket: of.bucket, Key: key }),
      );
      const bytes = Buffer.from((await body?.transformToByteArray()) ?? []);
      if (textOf(bytes).includes(of.queue)) return { at: written, because: key };
    }
  return undefined;
}

const textOf = (bytes: Buffer): string =>
  (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString();

function jsonOf(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return at(value);
  } catch {
    return undefined;
  }
}
