import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { DeleteCommand, DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import {
  type Cause,
  enrolmentDecision,
  type Json,
  type Lifecycle,
  lifecycleOf,
  parseEnrolmentRequest,
  parseTrailEvent,
  textAt,
  UnjudgeableEvent,
} from '#core';
import { type Deployer, deployer as deployerSchema } from '#core/deployer';
import { publishDecision } from './bus';
import { handOver } from './deployer';
import { recordOnce } from './recorder';

export interface VendingParts {
  readonly region: string;
  readonly decisions: string;
  /** The table of accounts that have a stack. */
  readonly directory: string;
  readonly bodies: string;
  readonly bus: string;
  readonly organization: { readonly id: string; readonly management: string };
  /** JSON text of a deployer. Absent: accounts are told of, and nobody is asked to enrol them. */
  readonly deployer: string | undefined;
}

/** What was done about a message. */
export interface TakenUp {
  readonly kind: Lifecycle['kind'] | 'looked at';
  readonly account: string;
  readonly id: string;
}

/**
 * What is done about a lifecycle event or a request to look at an account, as text, on real AWS
 * clients; undefined where it is neither.
 * @throws ZodError at once where the deployer is none, which is a fault of the deployment
 */
export function vending(parts: VendingParts): (text: string) => Promise<TakenUp | undefined> {
  const { region, bus, organization } = parts;
  const deployer: Deployer | undefined =
    parts.deployer === undefined ? undefined : deployerSchema.parse(JSON.parse(parts.deployer));
  const events = new EventBridgeClient({ region });
  const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient({ region }), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const now = () => new Date();
  const recorder = {
    ...{ dynamo, table: parts.decisions, bucket: parts.bodies, s3: new S3Client({ region }) },
    publish: (summary: Parameters<typeof publishDecision>[2]) =>
      publishDecision(events, bus, summary),
  };
  const entryOf = async (account: string) => {
    const { Item: item } = await dynamo.send(
      new GetCommand({ TableName: parts.directory, Key: { account }, ConsistentRead: true }),
    );
    return item === undefined ? undefined : { ouPath: textAt(item, 'ouPath') ?? '' };
  };
  const forget = (account: string) =>
    dynamo.send(new DeleteCommand({ TableName: parts.directory, Key: { account } }));
  const judge = async (cause: Cause, lifecycle: Lifecycle) => {
    // Its stack is out of reach now, and if the account comes back it must not pass for enrolled.
    if (lifecycle.kind === 'left') await forget(lifecycle.account);
    const entry = lifecycle.kind === 'left' ? undefined : await entryOf(lifecycle.account);
    const recorded = now().toISOString();
    await recordOnce(
      recorder,
      enrolmentDecision({ cause, lifecycle, entry, organization, region, recorded }),
    );
  };
  return async (text) => {
    const request = parseEnrolmentRequest(jsonOf(text));
    if (request !== undefined) {
      const { account, id } = request;
      await judge({ kind: 'sweep', id }, { kind: 'came', account });
      return { kind: 'looked at', account, id };
    }
    const event = parseTrailEvent(text);
    const lifecycle = lifecycleOf(event, organization.management);
    if (lifecycle === undefined) return undefined;
    await judge({ kind: 'event', event }, lifecycle);
    const { eventID: id } = event;
    if (deployer !== undefined) await handOver(deployer, { ...lifecycle, id }, { region, now });
    return { ...lifecycle, id };
  };
}

function jsonOf(text: string): Json {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnjudgeableEvent('the message is not JSON', { cause });
  }
}
