import { readFileSync } from 'node:fs';
import path from 'node:path';
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { reasonOf, reject } from '#aws/rejects';
import { type ResponderParts, responderEngine } from '#aws/responder';
import { parseTrailEvent, QUEUE_TRIES, UnjudgeableEvent } from '#core';
import { handle } from '#engine';
import { tell } from './tell';

type Bundle = Pick<ResponderParts, 'service' | 'guardrails' | 'sdk'>;

/** The Lambda function of one service: a batch of events in, decisions out. */
export function respond(bundle: Bundle) {
  const setting = (name: string): string => {
    const value = process.env[`PARAPET_${name}`];
    if (!value) throw new Error(`the environment has no PARAPET_${name}`);
    return value;
  };
  const deployment = JSON.parse(readFileSync(path.join(__dirname, 'deployment.json'), 'utf8'));
  const engine = responderEngine({
    ...{ ...bundle, deployment, table: setting('DECISIONS_TABLE') },
    ...{ bucket: setting('BODIES_BUCKET'), bus: setting('BUS_NAME') },
  });
  const sqs = new SQSClient({});
  const logger = new Logger({ serviceName: `respond-${bundle.service}` });
  const metrics = new Metrics({ namespace: 'Parapet', serviceName: `respond-${bundle.service}` });
  const processor = new BatchProcessor(EventType.SQS);

  const judge = async ({ body, attributes }: SQSRecord): Promise<void> => {
    const isLastTry = Number(attributes.ApproximateReceiveCount) >= QUEUE_TRIES;
    try {
      tell(await handle(parseTrailEvent(body), engine, { isLastTry }), { logger, metrics });
    } catch (error) {
      const reason = reasonOf(error);
      const isFinal = error instanceof UnjudgeableEvent || isLastTry;
      logger.warn(isFinal ? 'rejected' : 'tried again later', { reason });
      if (!isFinal) throw error;
      await reject(sqs, setting('REJECTS_QUEUE_URL'), { body, reason, from: bundle.service });
    }
  };

  return async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const answer = await processPartialResponse(event, judge, processor, {
      context,
      throwOnFullBatchFailure: false,
    });
    metrics.publishStoredMetrics();
    return answer;
  };
}
