import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { enrolmentDecision, type Lifecycle, lifecycleOf, parseTrailEvent, textAt } from '#core';
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

/**
 * What is done about the text of a lifecycle event, on real AWS clients; undefined where it is none.
 * @throws ZodError at once where the deployer is none, which is a fault of the deployment
 */
export function vending(
  parts: VendingParts,
): (text: string) => Promise<(Lifecycle & { readonly eventID: string }) | undefined> {
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
  return async (text) => {
    const event = parseTrailEvent(text);
    const lifecycle = lifecycleOf(event, organization.management);
    if (lifecycle === undefined) return undefined;
    const entry = await entryOf(lifecycle.account);
    const recorded = now().toISOString();
    await recordOnce(
      recorder,
      enrolmentDecision({ event, lifecycle, entry, organization, region, recorded }),
    );
    const { eventID } = event;
    if (deployer !== undefined)
      await handOver(deployer, { ...lifecycle, eventID }, { region, now });
    return { ...lifecycle, eventID };
  };
}
