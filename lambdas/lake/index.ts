import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type {
  Context,
  FirehoseTransformationEvent,
  FirehoseTransformationResult,
} from 'aws-lambda';
import { type Shape, transformed } from '#lake/firehose';

/** The Lambda function that shapes one stream's records into rows of the lake. */
export function shapeWith(stream: string, shape: Shape) {
  const context = JSON.parse(readFileSync(path.join(__dirname, 'lake.json'), 'utf8'));
  const logger = new Logger({ serviceName: `lake-${stream}` });
  const metrics = new Metrics({ namespace: 'Parapet', serviceName: `lake-${stream}` });

  return async (
    event: FirehoseTransformationEvent,
    invocation: Context,
  ): Promise<FirehoseTransformationResult> => {
    logger.addContext(invocation);
    const { records, refused } = transformed(event.records, (text) => shape(text, context));
    for (const one of refused) logger.error('refused', { ...one });
    metrics.addMetric('RowsShaped', MetricUnit.Count, records.length - refused.length);
    metrics.addMetric('RowsRefused', MetricUnit.Count, refused.length);
    metrics.publishStoredMetrics();
    return { records: [...records] };
  };
}
