import type { S3Client } from '@aws-sdk/client-s3';
import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { decisionId, type Lifecycle } from '#core';
import type { DecisionSummary } from '#engine';
import { codeOf } from './answer';
import { keepBody } from './bodies';

interface Store {
  readonly table: string;
  readonly bucket: string;
  readonly dynamo: DynamoDBDocumentClient;
  readonly s3: S3Client;
  readonly publish: (summary: DecisionSummary) => Promise<void>;
  readonly organization: { readonly id: string; readonly management: string };
  readonly region: string;
  readonly now: () => Date;
}

export const ENROLMENT = 'parapet.account-not-enrolled';

/** Records that an account came and nobody guards it yet. The same event is recorded once. */
export async function recordNotEnrolled(store: Store, lifecycle: Lifecycle): Promise<void> {
  const { account, eventID, time } = lifecycle;
  const { id: organization, management } = store.organization;
  const resource = `arn:aws:organizations::${management}:account/${organization}/${account}`;
  const id = decisionId(JSON.stringify([eventID, management, '', ENROLMENT, resource]));
  const body = await keepBody(store.s3, store.bucket, { ...lifecycle });
  const summary: DecisionSummary = {
    ...{ id, guardrail: ENROLMENT, version: 1, account, region: store.region, ouPath: '' },
    ...{ resourceType: 'AWS::Organizations::Account', resource, eventID },
    ...{ mode: 'observe', modeFrom: 'vending', verdict: 'violates', outcome: 'observed' },
    reason: `account ${account} is not enrolled: nothing in it is seen yet`,
    ...{ cause: 'event', planned: [], made: [], calls: [], body },
    at: { called: time, recorded: store.now().toISOString() },
  };
  try {
    await store.dynamo.send(
      new PutCommand({
        TableName: store.table,
        Item: { id, state: 'final', summary, published: false },
        ConditionExpression: 'attribute_not_exists(id)',
      }),
    );
  } catch (error) {
    if (codeOf(error) !== 'ConditionalCheckFailedException') throw error;
  }
  // Again where an earlier try ended between the two: readers know a decision by its id.
  await store.publish(summary);
}
