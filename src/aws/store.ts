import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { GetCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { bodyOf, type Claim, type DecisionSummary, type Ports } from '#engine';
import { bodyKey, eventKeeper, keepBody } from './bodies';
import { keptSummary, publishOnce, type Recorder } from './recorder';

interface Store extends Recorder {
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
}

/** A busy lease is asked for again this often, milliseconds; most repairs take less than a second. */
const ASK_AGAIN_MS = 200;
const ASK_AT_MOST = 40;

/** Stale claims and leases are swept by DynamoDB after a day. */
const DAY_SECONDS = 86_400;

const leaseId = (resource: string) => `lease:${resource}`;
const goodId = (guardrail: string, arn: string) => `good:${guardrail}:${arn}`;
const unlessHeld = 'attribute_not_exists(id) OR #until < :now';

/** The decision table and its bodies. Items: one a decision, one a leased resource. */
export function storePorts(
  store: Store,
): Pick<Ports, 'claim' | 'keep' | 'record' | 'lastGood' | 'remember'> {
  const keepEvent = eventKeeper(store.s3, store.bucket);
  return {
    async claim(wanted, until) {
      for (let asked = 1; ; asked++) {
        const claim = await tryClaim(store, wanted, until);
        if (claim.kind !== 'busy' || asked === ASK_AT_MOST) return claim;
        await store.sleep(ASK_AGAIN_MS);
      }
    },

    async keep(intent) {
      await keepEvent(intent.cause);
      await keepBody(store.s3, store.bucket, bodyOf(intent));
    },

    async record(decision, fence) {
      const summary = await keptSummary(store, decision, keepEvent);
      await record(store, { summary, resource: decision.resource.arn, fence });
    },

    async lastGood(guardrail, arn) {
      const { Item: item } = await store.dynamo.send(
        new GetCommand({ TableName: store.table, Key: { id: goodId(guardrail, arn) } }),
      );
      if (!item) return undefined;
      const { Body: body } = await store.s3.send(
        new GetObjectCommand({ Bucket: store.bucket, Key: bodyKey(item.sha256) }),
      );
      return JSON.parse((await body?.transformToString()) ?? 'null');
    },

    async remember(guardrail, arn, state) {
      const { sha256 } = await keepBody(store.s3, store.bucket, state);
      const item = { id: goodId(guardrail, arn), sha256, at: store.now().toISOString() };
      await store.dynamo.send(new PutCommand({ TableName: store.table, Item: item }));
    },
  };
}

async function tryClaim(
  store: Store,
  { id, key, resource }: { readonly id: string; readonly key: string; readonly resource: string },
  until: Date,
): Promise<Claim> {
  const fence = until.getTime();
  const now = store.now().getTime();
  const names = { '#until': 'until', '#state': 'state' };
  const values = {
    ':now': now,
    ':until': fence,
    ':expires': Math.ceil(fence / 1000) + DAY_SECONDS,
  };
  try {
    await store.dynamo.send(
      new TransactWriteCommand({
        TransactItems: [
          {
            Update: {
              TableName: store.table,
              Key: { id },
              UpdateExpression:
                'SET #state = :claimed, #until = :until, #key = :key, expires = :expires',
              ConditionExpression: `attribute_not_exists(id) OR (#state = :claimed AND #until < :now)`,
              ExpressionAttributeNames: { ...names, '#key': 'key' },
              ExpressionAttributeValues: { ...values, ':claimed': 'claimed', ':key': key },
            },
          },
          {
            Update: {
              TableName: store.table,
              Key: { id: leaseId(resource) },
              UpdateExpression: 'SET holder = :id, #until = :until, expires = :expires',
              ConditionExpression: `${unlessHeld} OR holder = :id`,
              ExpressionAttributeNames: { '#until': 'until' },
              ExpressionAttributeValues: { ...values, ':id': id },
            },
          },
        ],
      }),
    );
    return { kind: 'granted', fence };
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    return refusedClaim(store, id);
  }
}

async function refusedClaim(store: Store, id: string): Promise<Claim> {
  const { Item: item } = await store.dynamo.send(
    new GetCommand({ TableName: store.table, Key: { id }, ConsistentRead: true }),
  );
  if (item?.state !== 'final') return { kind: 'busy' };
  if (item.published !== true) await publishOnce(store, item.summary);
  return { kind: 'done' };
}

interface Final {
  readonly summary: DecisionSummary;
  readonly resource: string;
  readonly fence: number;
}

async function record(store: Store, { summary, resource, fence }: Final): Promise<void> {
  await store.dynamo.send(
    new TransactWriteCommand({
      TransactItems: [
        {
          Update: {
            TableName: store.table,
            Key: { id: summary.id },
            UpdateExpression:
              'SET #state = :final, summary = :summary, published = :no REMOVE expires, #until',
            ConditionExpression: '#state = :claimed AND #until = :fence',
            ExpressionAttributeNames: { '#state': 'state', '#until': 'until' },
            ExpressionAttributeValues: {
              ...{ ':final': 'final', ':claimed': 'claimed', ':fence': fence },
              ...{ ':summary': summary, ':no': false },
            },
          },
        },
        {
          Delete: {
            TableName: store.table,
            Key: { id: leaseId(resource) },
            ConditionExpression: 'attribute_not_exists(id) OR holder = :id',
            ExpressionAttributeValues: { ':id': summary.id },
          },
        },
      ],
    }),
  );
  await publishOnce(store, summary);
}
