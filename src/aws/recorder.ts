import type { S3Client } from '@aws-sdk/client-s3';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Decision } from '#core';
import { bodyOf, type DecisionSummary, summaryOf } from '#engine';
import { codeOf } from './answer';
import { eventKeeper, keepBody } from './bodies';

/** Where decisions are recorded and published. */
export interface Recorder {
  readonly table: string;
  readonly bucket: string;
  readonly dynamo: DynamoDBDocumentClient;
  readonly s3: S3Client;
  readonly publish: (summary: DecisionSummary) => Promise<void>;
}

/**
 * Records a decision that needs no claim, since nothing is done about it. The same one is recorded
 * and published once, however often and wherever an earlier try ended.
 */
export async function recordOnce(store: Recorder, decision: Decision): Promise<void> {
  const summary = await keptSummary(store, decision, eventKeeper(store.s3, store.bucket));
  const Item = { id: summary.id, state: 'final', summary, published: false };
  try {
    await store.dynamo.send(
      new PutCommand({
        ...{ TableName: store.table, Item, ConditionExpression: 'attribute_not_exists(id)' },
      }),
    );
  } catch (error) {
    if (codeOf(error) !== 'ConditionalCheckFailedException') throw error;
    const known = new GetCommand({
      ...{ TableName: store.table, Key: { id: summary.id }, ConsistentRead: true },
    });
    const { Item: item } = await store.dynamo.send(known);
    if (item?.published === true) return;
  }
  await publishOnce(store, summary);
}

/** Keeps the decision's body and its event's; both stand in S3 before anything refers to them. */
export async function keptSummary(
  store: Recorder,
  decision: Decision,
  keepEvent: ReturnType<typeof eventKeeper>,
): Promise<DecisionSummary> {
  const body = await keepBody(store.s3, store.bucket, bodyOf(decision));
  const event = await keepEvent(decision.cause);
  return summaryOf(decision, { body, ...(event ? { event } : {}) });
}

/** A crash between recording and publishing is made good when the event is delivered again. */
export async function publishOnce(store: Recorder, summary: DecisionSummary): Promise<void> {
  await store.publish(summary);
  await store.dynamo.send(
    new UpdateCommand({
      TableName: store.table,
      Key: { id: summary.id },
      UpdateExpression: 'SET published = :yes',
      ExpressionAttributeValues: { ':yes': true },
    }),
  );
}
