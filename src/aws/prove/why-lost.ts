import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  DescribeRuleCommand,
  EventBridgeClient,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { busArn, names } from '#core';
import type { AccountClientConfig } from '../accounts';
import { codeOf } from '../answer';
import { messagesIn, urlOf } from '../dead-letters';

/** What a member's Region tells of why a call did not get to the bus. */
export interface MemberSide {
  /** Whether its rules stand, are on and send to the security bus. */
  readonly rule: { readonly isGood: boolean; readonly because: string };
  /** Events that were refused by the bus wait here. */
  readonly deadLetters: number | undefined;
}

/** Looks at rules, their targets, their metrics and the dead-letter queue of a member's Region. */
export async function memberSide(
  config: AccountClientConfig,
  sent: {
    readonly bus: { readonly partition: string; readonly region: string; readonly account: string };
    /** The name of the rule that forwards the call, where any does. */
    readonly rule: string | undefined;
  },
  since: Date,
): Promise<MemberSide> {
  const [rule, deadLetters] = await Promise.all([ruleOf(config, sent, since), waiting(config)]);
  return { rule, deadLetters };
}

async function ruleOf(
  config: AccountClientConfig,
  { bus, rule }: Parameters<typeof memberSide>[1],
  since: Date,
) {
  const events = new EventBridgeClient(config);
  const no = (because: string) => ({ isGood: false, because });
  if (rule === undefined) return no('no guardrail that is forwarded asks for the call');
  const wanted = busArn(bus.partition, bus.region, bus.account);
  try {
    const { State: state } = await events.send(new DescribeRuleCommand({ Name: rule }));
    if (state === 'DISABLED') return no(`the rule ${rule} is disabled`);
    const { Targets: targets = [] } = await events.send(
      new ListTargetsByRuleCommand({ Rule: rule }),
    );
    if (!targets.some(({ Arn }) => Arn === wanted))
      return no(`the rule ${rule} has no target ${wanted}`);
  } catch (error) {
    const code = codeOf(error);
    return no(
      code === 'ResourceNotFoundException'
        ? `there is no rule ${rule}: the account's stack is not deployed here`
        : `the rule ${rule} could not be looked at: ${code}`,
    );
  }
  return { isGood: true, because: await metricsOf(config, rule, since) };
}

/** Minutes late, and told as such: a zero here proves nothing yet. */
async function metricsOf(config: AccountClientConfig, rule: string, since: Date): Promise<string> {
  const metrics = ['TriggeredRules', 'Invocations', 'FailedInvocations'];
  try {
    const { MetricDataResults: results = [] } = await new CloudWatchClient(config).send(
      new GetMetricDataCommand({
        StartTime: new Date(since.getTime() - 60_000),
        EndTime: new Date(since.getTime() + 15 * 60_000),
        MetricDataQueries: metrics.map((MetricName) => ({
          Id: MetricName.toLowerCase(),
          MetricStat: {
            Metric: {
              ...{ Namespace: 'AWS/Events', MetricName },
              Dimensions: [{ Name: 'RuleName', Value: rule }],
            },
            ...{ Period: 60, Stat: 'Sum' },
          },
        })),
      }),
    );
    const sums = metrics.map((name) => {
      const values = results.find(({ Id }) => Id === name.toLowerCase())?.Values ?? [];
      return `${name} ${values.reduce((sum, value) => sum + value, 0)}`;
    });
    return `metrics of ${rule} so far: ${sums.join(', ')}`;
  } catch (error) {
    return `the metrics of ${rule} could not be looked at: ${codeOf(error)}`;
  }
}

async function waiting(config: AccountClientConfig): Promise<number | undefined> {
  const sqs = new SQSClient(config);
  try {
    const url = await urlOf(sqs, names.forwardDeadLetters);
    return url === undefined ? undefined : await messagesIn(sqs, url);
  } catch {
    // It is a hint beside the rule; what stops us from asking is told there.
    return undefined;
  }
}
