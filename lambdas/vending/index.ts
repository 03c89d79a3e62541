import { Logger } from '@aws-lambda-powertools/logger';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { vending } from '#aws/vending';
import { parseLifecycle } from '#core';

const setting = (name: string): string => {
  const value = process.env[`PARAPET_${name}`];
  if (!value) throw new Error(`the environment has no PARAPET_${name}`);
  return value;
};

const organization = { id: setting('ORGANIZATION'), management: setting('MANAGEMENT') };
const answer = vending({
  ...{ region: process.env.AWS_REGION ?? '', organization, bus: setting('BUS_NAME') },
  ...{ table: setting('DECISIONS_TABLE'), bucket: setting('BODIES_BUCKET') },
  deployer: process.env.PARAPET_DEPLOYER,
});
const logger = new Logger({ serviceName: 'vending' });

/** Lifecycle events in; a decision, and a request to the deployer, out. */
export async function handler({ Records: records }: SQSEvent): Promise<SQSBatchResponse> {
  const failed: { itemIdentifier: string }[] = [];
  for (const { body, messageId } of records)
    try {
      const lifecycle = parseLifecycle(JSON.parse(body), organization.management);
      if (lifecycle === undefined) continue;
      await answer(lifecycle);
      logger.info(lifecycle.kind, { account: lifecycle.account, eventID: lifecycle.eventID });
    } catch (error) {
      logger.warn('not done', { messageId, reason: String(error) });
      failed.push({ itemIdentifier: messageId });
    }
  return { batchItemFailures: failed };
}
