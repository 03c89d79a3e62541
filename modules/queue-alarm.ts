import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import { nameOf } from '#core';

export interface QueueAlarmProps {
  readonly provider: AwsProvider;
  /** What the alarm is named after, e.g. `respond-s3`. */
  readonly name: string;
  readonly description: string;
  readonly queueName: string;
  /** Messages that wait, or how many seconds the oldest has waited. */
  readonly metric: 'ApproximateNumberOfMessagesVisible' | 'ApproximateAgeOfOldestMessage';
  /** It is an alarm when the metric is above. @default 0 */
  readonly above?: number;
  readonly topicArn: string;
}

/** Tells the alert topic when a queue holds what it should not hold; and when it is well again. */
export class QueueAlarm extends Construct {
  constructor(scope: Construct, id: string, props: QueueAlarmProps) {
    super(scope, id);
    const { provider, name, description, queueName, metric, above = 0, topicArn } = props;
    new CloudwatchMetricAlarm(this, 'alarm', {
      provider,
      alarmName: nameOf(name),
      alarmDescription: description,
      namespace: 'AWS/SQS',
      metricName: metric,
      dimensions: { QueueName: queueName },
      statistic: 'Maximum',
      period: 60,
      evaluationPeriods: 1,
      comparisonOperator: 'GreaterThanThreshold',
      threshold: above,
      // SQS sends no metrics for a queue that was idle for hours.
      treatMissingData: 'notBreaching',
      alarmActions: [topicArn],
      okActions: [topicArn],
    });
  }
}
