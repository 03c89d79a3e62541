import { LambdaEventSourceMapping } from '@cdktf/provider-aws/lib/lambda-event-source-mapping';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import { names } from '#core';
import { BusRule } from './bus-rule';
import { type FunctionProps, NodeFunction } from './function';
import { QueueAlarm } from './queue-alarm';
import { watchedQueue } from './watched-queue';

/** The name of the queue for what could not be taken up. */
export const VENDING_DEAD_LETTERS = names.deadLetters('vending');

export interface VendingProps {
  readonly provider: AwsProvider;
  /** The security bus's name. */
  readonly bus: string;
  /** Of the events of accounts that come and go. */
  readonly pattern: object;
  readonly keyArn: string;
  readonly topicArn: string;
  /** Policies of its queue and of its dead-letter queue. */
  readonly queuePolicy: object;
  readonly deadLettersPolicy: object;
  readonly taker: Pick<FunctionProps, 'code' | 'environment' | 'trust' | 'permissions'>;
}

const TIMEOUT_SECONDS = 30;

/** Takes up accounts that come and go: rule → queue → function. */
export class Vending extends Construct {
  constructor(scope: Construct, id: string, props: VendingProps) {
    super(scope, id);
    const { provider, bus, pattern, keyArn, topicArn } = props;
    const { queue, deadLetters } = watchedQueue(this, {
      ...{ provider, topicArn, of: 'vending', policy: props.queuePolicy },
      deadLettersPolicy: props.deadLettersPolicy,
      // AWS asks for six times the function's timeout, so that a batch is not received twice.
      visibilityTimeoutSeconds: 6 * TIMEOUT_SECONDS,
      description: 'Accounts that came or left could not be taken up and wait to be redriven',
    });
    new BusRule(this, 'rule', {
      ...{ provider, bus, pattern, name: names.vending, state: 'ENABLED' },
      description: 'Accounts that come and go',
      targets: [{ id: 'queue', arn: queue.arn, after: [] }],
      deadLettersArn: deadLetters.arn,
    });
    new QueueAlarm(this, 'age-alarm', {
      ...{ provider, topicArn, name: 'vending-age', queueName: queue.name, above: 300 },
      description: 'Accounts that came or left wait for more than five minutes to be taken up',
      metric: 'ApproximateAgeOfOldestMessage',
    });
    const taker = new NodeFunction(this, 'taker', {
      ...{ provider, keyArn, name: names.vending, timeoutSeconds: TIMEOUT_SECONDS },
      description: 'takes up accounts that come and go',
      ...props.taker,
    });
    new LambdaEventSourceMapping(this, 'mapping', {
      provider,
      eventSourceArn: queue.arn,
      functionName: taker.arn,
      // A deployer may take ten seconds to answer, and one event must not wait for another's.
      batchSize: 1,
      functionResponseTypes: ['ReportBatchItemFailures'],
      scalingConfig: { maximumConcurrency: 2 },
    });
  }
}
