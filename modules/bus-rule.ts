import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import {
  CloudwatchEventTarget,
  type CloudwatchEventTargetConfig,
} from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { RuleState } from '#pattern';
import { MOST_TARGETS } from '#pattern/check/index';
import { refuseWrongPattern } from './rule-pattern';

/** Where a rule sends what it matches. */
export interface BusTarget
  extends Pick<CloudwatchEventTargetConfig, 'inputPath' | 'inputTransformer' | 'kinesisTarget'> {
  /** Within the rule, e.g. `queue`. */
  readonly id: string;
  readonly arn: string;
  /** @default none: the target has a resource policy */
  readonly roleArn?: string;
  /** What must stand before events flow: a missing permission is not retried. */
  readonly after: readonly ITerraformDependable[];
}

export interface BusRuleProps {
  readonly provider: AwsProvider;
  readonly bus: string;
  readonly name: string;
  readonly description: string;
  readonly pattern: object;
  readonly state: RuleState;
  readonly targets: readonly BusTarget[];
  /** ARN of the queue for what no target takes. */
  readonly deadLettersArn: string;
}

/** A rule of the security bus that feeds something other than a responder. */
export class BusRule extends Construct {
  /** @throws RangeError where the pattern can never match, or EventBridge would refuse so many targets. */
  constructor(scope: Construct, id: string, props: BusRuleProps) {
    super(scope, id);
    const { provider, bus, name, description, state, targets, deadLettersArn } = props;
    const eventPattern = JSON.stringify(props.pattern);
    refuseWrongPattern(name, eventPattern, { state });
    if (targets.length > MOST_TARGETS)
      throw new RangeError(`${name} has ${targets.length} targets, EventBridge takes five`);
    const rule = new CloudwatchEventRule(this, 'rule', {
      ...{ provider, name, description, eventPattern, state, eventBusName: bus },
    });
    for (const { id: targetId, after, ...target } of targets)
      new CloudwatchEventTarget(this, `target-${targetId}`, {
        ...{ provider, rule: rule.name, eventBusName: bus, targetId },
        ...target,
        deadLetterConfig: { arn: deadLettersArn },
        dependsOn: [...after],
      });
  }
}
