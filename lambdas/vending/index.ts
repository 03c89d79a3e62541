import { Logger } from '@aws-lambda-powertools/logger';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { vending } from '#aws/vending';

const setting = (name: string): string => {
  const value = process.env[`PARAPET_${name}`];
  if (!value) throw new Error(`the environment has no PARAPET_${name}`);
  return value;
};

const answer = vending({
  ...{ region: process.env.AWS_REGION ?? '', bus: setting('BUS_NAME') },
  ...{ decisions: setting('DECISIONS_TABLE'), directory: setting('DIRECTORY_TABLE') },
  bodies: setting('BODIES_BUCKET'),
  organization: { id: setting('ORGANIZATION'), management: setting('MANAGEMENT') },
  deployer: process.env.PARAPET_DEPLOYER,
});
const logger = new Logger({ serviceName: 'vending' });

/** Lifecycle events and requests to look in; a decision, and a call of the deployer, out. */
export async function handler({ Records: records }: SQSEvent): Promise<SQSBatchResponse> {
  const failed: { itemIdentifier: string }[] = [];
  for (const { body, messageId } of records)
    try {
      const taken = await answer(body);
      if (taken !== undefined) logger.info('taken up', { ...taken });
    } catch (error) {
      logger.warn('not done', { messageId, reason: String(error) });
      failed.push({ itemIdentifier: messageId });
    }
  return { batchItemFailures: failed };
}
