import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import { MetricAlarm } from './metric-alarm';

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
    // SQS sends no metrics for a queue that was idle for hours.
    new MetricAlarm(this, 'alarm', {
      ...{ provider, name, description, above, topicArn },
      metric: { namespace: 'AWS/SQS', name: metric, dimensions: { QueueName: queueName } },
    });
  }
}
