import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { names } from '#core';
import { LONGEST_PATTERN, type RuleState } from '#pattern';
import { Queue } from './queue';

/** What one Region forwards, by the rules' names; the same for all accounts. */
export type Forwarding = Readonly<
  Record<
    string,
    {
      /** JSON text. */
      readonly pattern: string;
      readonly state: RuleState;
    }
  >
>;

export interface ForwarderProps {
  readonly provider: AwsProvider;
  readonly forwarding: Forwarding;
  readonly busArn: string;
  /** The forwarding role's ARN. */
  readonly roleArn: string;
  /** What must stand before events flow: a missing permission is not retried. */
  readonly after: readonly ITerraformDependable[];
  /** The policy of the dead-letter queue. */
  readonly deadLettersPolicy: object;
  /** The dead-letter queue's name. @default that of what guardrails judge */
  readonly deadLettersName?: string;
  /** @default what guardrails judge */
  readonly what?: string;
}

/**
 * One account's Region: rules on the default bus that send to the security bus, and a queue for
 * what could not be sent. The rules are one `for_each` resource, so that synthesis and its output
 * do not grow with the number of patterns.
 */
export class Forwarder extends Construct {
  /** @throws RangeError where a pattern is longer than a rule can hold. */
  constructor(scope: Construct, id: string, props: ForwarderProps) {
    super(scope, id);
    const { provider, forwarding, busArn, roleArn, after, deadLettersPolicy } = props;
    const { deadLettersName = names.forwardDeadLetters, what = 'what guardrails judge' } = props;
    for (const [name, { pattern }] of Object.entries(forwarding)) refuseUnfit(name, pattern);
    const deadLetters = new Queue(this, 'dead-letters', {
      provider,
      name: deadLettersName,
      policy: deadLettersPolicy,
    });
    const rules = new CloudwatchEventRule(this, 'rules', {
      provider,
      name: '${each.key}',
      description: `Parapet: forwards ${what} to the security bus`,
      eventPattern: '${each.value.pattern}',
      state: '${each.value.state}',
    });
    rules.addOverride('for_each', forwarding);
    const targets = new CloudwatchEventTarget(this, 'targets', {
      provider,
      rule: '${each.key}',
      targetId: 'security-bus',
      arn: busArn,
      roleArn,
      deadLetterConfig: { arn: deadLetters.arn },
      dependsOn: [rules, ...after],
    });
    const ruleNames = Object.keys(forwarding);
    targets.addOverride('for_each', Object.fromEntries(ruleNames.map((name) => [name, name])));
  }
}

function refuseUnfit(name: string, pattern: string): void {
  if (pattern.length > LONGEST_PATTERN)
    throw new RangeError(`the pattern of ${name} has ${pattern.length} characters`);
  if (/[$%]\{/.test(pattern)) throw new RangeError(`Terraform would expand the pattern of ${name}`);
}
