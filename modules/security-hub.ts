import { LambdaEventSourceMapping } from '@cdktf/provider-aws/lib/lambda-event-source-mapping';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import { names } from '#core';
import { type FunctionProps, NodeFunction } from './function';
import { Queue } from './queue';
import { QueueAlarm } from './queue-alarm';

export interface SecurityHubProps {
  readonly provider: AwsProvider;
  readonly keyArn: string;
  readonly topicArn: string;
  readonly queuePolicy: object;
  readonly importer: Pick<FunctionProps, 'code' | 'environment' | 'trust' | 'permissions'>;
}

/** Decisions on their way to Security Hub, which is no target of a rule: queue → function. */
export class SecurityHub extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: SecurityHubProps) {
    super(scope, id);
    const { provider, keyArn, topicArn } = props;
    const deadLetters = new Queue(this, 'dead-letters', {
      provider,
      name: names.deadLetters('security-hub'),
    });
    this.queue = new Queue(this, 'queue', {
      provider,
      name: names.securityHub,
      policy: props.queuePolicy,
      visibilityTimeoutSeconds: 360,
      deadLetters: { queue: deadLetters, after: 5 },
    });
    new QueueAlarm(this, 'dead-letters-alarm', {
      ...{ provider, name: 'security-hub-dead-letters', queueName: deadLetters.name, topicArn },
      description: 'Decisions that could not become findings wait to be redriven',
      metric: 'ApproximateNumberOfMessagesVisible',
    });
    const importer = new NodeFunction(this, 'importer', {
      ...{ provider, keyArn, name: names.securityHub, timeoutSeconds: 60 },
      description: 'makes decisions findings in Security Hub',
      ...props.importer,
    });
    new LambdaEventSourceMapping(this, 'mapping', {
      provider,
      eventSourceArn: this.queue.arn,
      functionName: importer.arn,
      batchSize: 100,
      maximumBatchingWindowInSeconds: 10,
      functionResponseTypes: ['ReportBatchItemFailures'],
      scalingConfig: { maximumConcurrency: 2 },
    });
  }
}
