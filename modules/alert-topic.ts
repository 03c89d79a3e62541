import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { Construct } from 'constructs';

export interface AlertTopicProps {
  readonly provider: AwsProvider;
  readonly name: string;
  /** A customer-managed key: CloudWatch cannot publish under the AWS-managed one. */
  readonly keyArn: string;
  readonly policy: object;
}

/** Where alarms are told. Who subscribes is the platform team's matter. */
export class AlertTopic extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: AlertTopicProps) {
    super(scope, id);
    const { provider, name, keyArn, policy } = props;
    const topic = new SnsTopic(this, 'topic', { provider, name, kmsMasterKeyId: keyArn });
    new SnsTopicPolicy(this, 'policy', {
      provider,
      arn: topic.arn,
      policy: JSON.stringify(policy),
    });
    this.arn = topic.arn;
  }
}
