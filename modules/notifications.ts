import { PipesPipe } from '@cdktf/provider-aws/lib/pipes-pipe';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import { names } from '#core';
import type { Queue } from './queue';
import { QueueAlarm } from './queue-alarm';
import { Role } from './role';
import { watchedQueue } from './watched-queue';

export interface NotificationsProps {
  readonly provider: AwsProvider;
  /** Alarms are told here. */
  readonly alertsArn: string;
  /** Violations are told here. */
  readonly topicArn: string;
  /** The function that adds the account's name, OU path and owner. */
  readonly enrichArn: string;
  readonly trust: object;
  readonly permissions: { readonly Statement: readonly object[] };
  readonly queuePolicy: object;
}

/**
 * One sentence a violation. It sees the answer of the enriching function, which has taken out of
 * the texts whatever could break a template.
 */
export const MESSAGE =
  '"<$.headline> Account <$.account> (<$.name>), OU <$.ouPath>, owner: <$.owner>. <$.reason> Resource: <$.resource>. <$.done> Decision <$.decision>."';

/** Violations on their way to people: queue → pipe, enriched → topic. */
export class Notifications extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: NotificationsProps) {
    super(scope, id);
    const { provider, alertsArn: topicArn } = props;
    this.queue = watchedQueue(this, {
      ...{ provider, topicArn, of: 'notify', policy: props.queuePolicy },
      visibilityTimeoutSeconds: 180,
      description: 'Violations that nobody was told of wait to be redriven',
    }).queue;
    new QueueAlarm(this, 'age-alarm', {
      ...{ provider, name: 'notify-age', queueName: this.queue.name, topicArn, above: 300 },
      description: 'Violations wait for more than five minutes to be told',
      metric: 'ApproximateAgeOfOldestMessage',
    });
    const role = new Role(this, 'role', {
      ...{ provider, name: names.notify, trust: props.trust, permissions: props.permissions },
      description: 'Parapet: carries violations from a queue through the directory to a topic',
    });
    new PipesPipe(this, 'pipe', {
      provider,
      name: names.notify,
      description: 'Parapet: violations, with name, OU path and owner of the account',
      roleArn: role.arn,
      source: this.queue.arn,
      sourceParameters: { sqsQueueParameters: { batchSize: 10 } },
      enrichment: props.enrichArn,
      target: props.topicArn,
      targetParameters: { inputTemplate: MESSAGE },
      dependsOn: role.policy === undefined ? [] : [role.policy],
    });
  }
}
