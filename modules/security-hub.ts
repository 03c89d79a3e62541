import { LambdaEventSourceMapping } from '@cdktf/provider-aws/lib/lambda-event-source-mapping';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import { names } from '#core';
import { type FunctionProps, NodeFunction } from './function';
import type { Queue } from './queue';
import { watchedQueue } from './watched-queue';

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
    this.queue = watchedQueue(this, {
      ...{ provider, topicArn, of: 'security-hub', policy: props.queuePolicy },
      visibilityTimeoutSeconds: 360,
      description: 'Decisions that could not become findings wait to be redriven',
    }).queue;
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
