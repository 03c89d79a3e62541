import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import { Construct } from 'constructs';
import { names } from '#core';
import { MetricAlarm } from './metric-alarm';
import { Role } from './role';

export interface EscalationProps {
  readonly provider: AwsProvider;
  readonly topicArn: string;
  /** In Amazon States Language. */
  readonly definition: object;
  readonly trust: object;
  readonly permissions: { readonly Statement: readonly object[] };
  /** The state machine's ARN, known beforehand: its failures are counted by it. */
  readonly arn: string;
}

/** A response of several steps, which may take days. */
export class Escalation extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EscalationProps) {
    super(scope, id);
    const { provider, topicArn, trust, permissions, definition } = props;
    const role = new Role(this, 'role', {
      ...{ provider, name: names.escalation, trust, permissions },
      description: 'Parapet: alerts, waits, looks again and escalates',
    });
    const machine = new SfnStateMachine(this, 'machine', {
      provider,
      name: names.escalation,
      type: 'STANDARD',
      roleArn: role.arn,
      definition: JSON.stringify(definition),
      dependsOn: role.policy === undefined ? [] : [role.policy],
    });
    this.arn = machine.arn;
    new MetricAlarm(this, 'failed-alarm', {
      ...{ provider, topicArn, name: 'escalation-failed', above: 0, statistic: 'Sum' },
      description: 'An escalation broke off: a critical violation may stand open unnoticed',
      metric: {
        namespace: 'AWS/States',
        name: 'ExecutionsFailed',
        dimensions: { StateMachineArn: props.arn },
      },
    });
  }
}
