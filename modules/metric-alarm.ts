import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { Construct } from 'constructs';
import { nameOf } from '#core';

export interface MetricAlarmProps {
  readonly provider: AwsProvider;
  /** What the alarm is named after, e.g. `respond-s3-dead-letters`. */
  readonly name: string;
  readonly description: string;
  readonly metric: {
    readonly namespace: string;
    readonly name: string;
    readonly dimensions: Readonly<Record<string, string>>;
  };
  /** @default 'Maximum' */
  readonly statistic?: 'Maximum' | 'Sum';
  /** It is an alarm when the metric is above. */
  readonly above: number;
  readonly topicArn: string;
}

/** Tells the alert topic when a metric is too high in any minute, and when it is well again. */
export class MetricAlarm extends CloudwatchMetricAlarm {
  constructor(scope: Construct, id: string, props: MetricAlarmProps) {
    const { provider, name, description, metric, statistic = 'Maximum', above, topicArn } = props;
    super(scope, id, {
      provider,
      alarmName: nameOf(name),
      alarmDescription: description,
      namespace: metric.namespace,
      metricName: metric.name,
      dimensions: { ...metric.dimensions },
      statistic,
      period: 60,
      evaluationPeriods: 1,
      comparisonOperator: 'GreaterThanThreshold',
      threshold: above,
      treatMissingData: 'notBreaching',
      alarmActions: [topicArn],
      okActions: [topicArn],
    });
  }
}
