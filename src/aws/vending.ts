import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Lifecycle } from '#core';
import { publishDecision } from './bus';
import { type Deployer, deployerSchema, handOver } from './deployer';
import { recordNotEnrolled } from './not-enrolled';

export interface VendingParts {
  readonly region: string;
  readonly table: string;
  readonly bucket: string;
  readonly bus: string;
  readonly organization: { readonly id: string; readonly management: string };
  /** JSON text of a deployer. Absent: accounts are told of, and nobody is asked to enrol them. */
  readonly deployer: string | undefined;
}

/**
 * What is done about an account that came or left, on real AWS clients.
 * @throws ZodError where the deployer is none, which is a fault of the deployment
 */
export function vending(parts: VendingParts): (lifecycle: Lifecycle) => Promise<void> {
  const { region, table, bucket, bus, organization } = parts;
  const deployer: Deployer | undefined =
    parts.deployer === undefined ? undefined : deployerSchema.parse(JSON.parse(parts.deployer));
  const events = new EventBridgeClient({ region });
  const now = () => new Date();
  const store = {
    ...{ table, bucket, organization, region, now },
    dynamo: DynamoDBDocumentClient.from(new DynamoDBClient({ region })),
    s3: new S3Client({ region }),
    publish: (summary: Parameters<typeof publishDecision>[2]) =>
      publishDecision(events, bus, summary),
  };
  return async (lifecycle) => {
    if (lifecycle.kind === 'came') await recordNotEnrolled(store, lifecycle);
    if (deployer !== undefined) await handOver(deployer, lifecycle, { region, now });
  };
}
