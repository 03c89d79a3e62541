import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context, KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda';
import { siemClients, siemPorts, streamRecords } from '#aws/siem';
import { siemReceiver } from '#core/siem-receiver';
import { forwarder, protocolOf } from '#siem';

/**
 * The Lambda function that hands the stream to the receiver. PARAPET_SIEM is the `siem` block as
 * JSON, PARAPET_REFUSED_BUCKET where refused records are kept.
 * @throws Error where the environment lacks one, ZodError where the block is wrong.
 */
export function forwardSiem(environment: Readonly<Record<string, string | undefined>>) {
  const setting = (name: string): string => {
    const value = environment[name];
    if (!value) throw new Error(`the environment has no ${name}`);
    return value;
  };
  const receiver = siemReceiver.parse(JSON.parse(setting('PARAPET_SIEM')));
  const ports = siemPorts(receiver, {
    ...siemClients(),
    bucket: setting('PARAPET_REFUSED_BUCKET'),
  });
  const forward = forwarder(protocolOf(receiver), ports);
  const logger = new Logger({ serviceName: 'forward-siem' });
  const metrics = new Metrics({ namespace: 'Parapet', serviceName: 'forward-siem' });

  return async (
    event: KinesisStreamEvent,
    context: Pick<Context, 'getRemainingTimeInMillis'>,
  ): Promise<KinesisStreamBatchResponse> => {
    const records = streamRecords(event);
    const { failedFrom, counts, ...told } = await forward(
      records,
      context.getRemainingTimeInMillis(),
    );
    logger.info('forwarded', { records: records.length, ...counts, ...told, failedFrom });
    metrics.addMetric('RecordsDelivered', MetricUnit.Count, counts.delivered);
    metrics.addMetric('RecordsRefused', MetricUnit.Count, counts.refused);
    metrics.addMetric('RequestsRetried', MetricUnit.Count, counts.retried);
    metrics.addMetric('BatchStopped', MetricUnit.Count, failedFrom === undefined ? 0 : 1);
    metrics.addMetric('CircuitOpen', MetricUnit.Count, told.circuit === 'closed' ? 0 : 1);
    metrics.publishStoredMetrics();
    const failures = failedFrom === undefined ? [] : [{ itemIdentifier: failedFrom }];
    return { batchItemFailures: failures };
  };
}
