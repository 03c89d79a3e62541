import { CloudwatchEventArchive } from '@cdktf/provider-aws/lib/cloudwatch-event-archive';
import { CloudwatchEventBus } from '@cdktf/provider-aws/lib/cloudwatch-event-bus';
import { CloudwatchEventBusPolicy } from '@cdktf/provider-aws/lib/cloudwatch-event-bus-policy';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SchemasDiscoverer } from '@cdktf/provider-aws/lib/schemas-discoverer';
import { Construct } from 'constructs';
import { names } from '#core';

export interface SecurityBusProps {
  readonly provider: AwsProvider;
  /** The resource policy. */
  readonly policy: object;
  /** How long events can be replayed. @default 90 */
  readonly archiveDays?: number;
  /** Whether EventBridge learns the schemas of what comes by. @default false */
  readonly discoverer?: boolean;
}

/**
 * The one bus that all accounts forward to, and its archive. It has the AWS-owned key: schema
 * discovery cannot be created on a bus with a customer-managed one.
 */
export class SecurityBus extends Construct {
  readonly arn: string;
  readonly name: string;

  constructor(scope: Construct, id: string, props: SecurityBusProps) {
    super(scope, id);
    const { provider, policy, archiveDays = 90, discoverer = false } = props;
    if (!Number.isInteger(archiveDays) || archiveDays < 1)
      throw new RangeError(`the archive keeps whole days, at least one: not ${archiveDays}`);
    const bus = new CloudwatchEventBus(this, 'bus', { provider, name: names.bus });
    new CloudwatchEventBusPolicy(this, 'policy', {
      provider,
      eventBusName: bus.name,
      policy: JSON.stringify(policy),
    });
    new CloudwatchEventArchive(this, 'archive', {
      provider,
      name: names.archive,
      description: 'All events of the security bus, for replay',
      eventSourceArn: bus.arn,
      retentionDays: archiveDays,
    });
    if (discoverer)
      new SchemasDiscoverer(this, 'discoverer', {
        ...{ provider, sourceArn: bus.arn, description: 'Schemas of what the security bus sees' },
      });
    this.arn = bus.arn;
    this.name = bus.name;
  }
}
