import type { Logger } from '@aws-lambda-powertools/logger';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Handled } from '#engine';

/** Logs what became of an event, keyed by guardrail, account and resource, and counts it. */
export function tell(
  handled: readonly Handled[],
  { logger, metrics }: { readonly logger: Logger; readonly metrics: Metrics },
): void {
  for (const one of handled) {
    if (one.kind !== 'decided') {
      logger.info(one.kind, { ...one });
      continue;
    }
    const { id, guardrail, resource, mode, verdict, outcome, because, at } = one.decision;
    logger.info('decided', {
      ...{ id, guardrail: guardrail.id, account: resource.account, resource: resource.arn },
      ...{ mode, ...verdict, outcome, because, at },
    });
    const counted = metrics.singleMetric();
    counted.addDimensions({ guardrail: guardrail.id, outcome });
    counted.addMetric('Decisions', MetricUnit.Count, 1);
    if (outcome === 'repaired' && at.called && at.recorded)
      metrics.addMetric(
        'TimeToRepair',
        MetricUnit.Milliseconds,
        Date.parse(at.recorded) - Date.parse(at.called),
      );
  }
}
