import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { LambdaEventSourceMapping } from '@cdktf/provider-aws/lib/lambda-event-source-mapping';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import { names } from '#core';
import type { RuleState } from '#pattern';
import { functionLogGroup, RUNTIME } from './function';
import type { Queue } from './queue';
import { QueueAlarm } from './queue-alarm';
import { Role } from './role';
import { refuseWrongPattern } from './rule-pattern';
import { watchedQueue } from './watched-queue';

/** A responder's log group, named as Lambda would. */
export const responderLogGroup = (service: string): string =>
  functionLogGroup(names.responder(service));

/** The name of the queue for what a responder could not answer. */
export const responderDeadLetters = (service: string): string =>
  names.responderDeadLetters(service);

/** The names of a responder's rules on the security bus: one for each pattern. */
export const responderRules = (service: string, patterns: readonly string[]): readonly string[] =>
  patterns.map((_, index) =>
    index === 0 ? names.responderRule(service) : `${names.responderRule(service)}-${index + 1}`,
  );

export interface ResponderProps {
  readonly provider: AwsProvider;
  readonly service: string;
  /** The security bus's name. */
  readonly bus: string;
  /** Event patterns that wake it. */
  readonly patterns: readonly string[];
  readonly state: RuleState;
  /** The function's zip: its path as Terraform sees it, and the base64 of its SHA-256. */
  readonly code: { readonly path: string; readonly hash: string };
  readonly environment: Readonly<Record<string, string>>;
  readonly trust: object;
  readonly permissions: { readonly Statement: readonly object[] };
  /** Policies of its queue and of its dead-letter queue. */
  readonly queuePolicy: object;
  readonly deadLettersPolicy: object;
  readonly keyArn: string;
  readonly topicArn: string;
  /** @default 60 */
  readonly timeoutSeconds?: number;
  /** How many run at once. Not reserved concurrency: pollers ignore it. @default 5 */
  readonly maximumConcurrency?: number;
  /** @default 365 */
  readonly logDays?: number;
}

/** What answers the events of one service: rules → queue → function, and what watches over them. */
export class Responder extends Construct {
  private readonly props: ResponderProps;

  /** @throws RangeError where fewer than 2 may run at once, or a pattern can never match. */
  constructor(scope: Construct, id: string, props: ResponderProps) {
    super(scope, id);
    this.props = props;
    const { patterns, service, maximumConcurrency = 5 } = props;
    if (maximumConcurrency < 2)
      throw new RangeError(`${service}: AWS takes a maximum concurrency of 2 or more`);
    if (patterns.length === 0) throw new RangeError(`${service}: nothing wakes this responder`);
    const { state } = props;
    for (const pattern of patterns) refuseWrongPattern(service, pattern, { state });
    const { queue, deadLetters } = this.queues();
    this.rules(queue, deadLetters);
    this.answers(queue, maximumConcurrency);
  }

  private queues(): { readonly queue: Queue; readonly deadLetters: Queue } {
    const { provider, service, timeoutSeconds = 60, topicArn } = this.props;
    const { queue, deadLetters } = watchedQueue(this, {
      ...{ provider, topicArn, of: `respond-${service}`, policy: this.props.queuePolicy },
      deadLettersPolicy: this.props.deadLettersPolicy,
      // AWS asks for six times the function's timeout, so that a batch is not received twice.
      visibilityTimeoutSeconds: 6 * timeoutSeconds,
      description: `Events that the ${service} responder could not answer wait to be redriven`,
    });
    new QueueAlarm(this, 'age-alarm', {
      provider,
      name: `respond-${service}-age`,
      description: `The ${service} responder is more than five minutes behind`,
      queueName: queue.name,
      metric: 'ApproximateAgeOfOldestMessage',
      above: 300,
      topicArn,
    });
    return { queue, deadLetters };
  }

  private rules(queue: Queue, deadLetters: Queue): void {
    const { provider, service, bus, patterns, state } = this.props;
    const ruleNames = responderRules(service, patterns);
    patterns.forEach((eventPattern, index) => {
      const suffix = index === 0 ? '' : `-${index + 1}`;
      const rule = new CloudwatchEventRule(this, `rule${suffix}`, {
        provider,
        name: ruleNames[index] ?? '',
        description: `Wakes the ${service} responder`,
        eventBusName: bus,
        eventPattern,
        state,
      });
      new CloudwatchEventTarget(this, `target${suffix}`, {
        provider,
        rule: rule.name,
        eventBusName: bus,
        targetId: 'queue',
        arn: queue.arn,
        deadLetterConfig: { arn: deadLetters.arn },
      });
    });
  }

  private answers(queue: Queue, maximumConcurrency: number): void {
    const { provider, service, code, environment, keyArn } = this.props;
    const name = names.responder(service);
    const role = new Role(this, 'role', {
      provider,
      name,
      description: `Parapet: judges and repairs ${service} in the organization's accounts`,
      trust: this.props.trust,
      permissions: this.props.permissions,
    });
    const logs = new CloudwatchLogGroup(this, 'logs', {
      provider,
      name: responderLogGroup(service),
      retentionInDays: this.props.logDays ?? 365,
      kmsKeyId: keyArn,
    });
    const lambda = new LambdaFunction(this, 'function', {
      provider,
      functionName: name,
      description: `Parapet: judges and repairs ${service}`,
      runtime: RUNTIME,
      architectures: ['arm64'],
      handler: 'index.handler',
      filename: code.path,
      sourceCodeHash: code.hash,
      role: role.arn,
      memorySize: 512,
      timeout: this.props.timeoutSeconds ?? 60,
      environment: { variables: { ...environment } },
      loggingConfig: { logFormat: 'JSON', logGroup: logs.name },
      dependsOn: role.policy === undefined ? [] : [role.policy],
    });
    new LambdaEventSourceMapping(this, 'mapping', {
      provider,
      eventSourceArn: queue.arn,
      functionName: lambda.arn,
      batchSize: 10,
      functionResponseTypes: ['ReportBatchItemFailures'],
      scalingConfig: { maximumConcurrency },
    });
  }
}
