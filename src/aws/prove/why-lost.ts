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
  bus: { readonly partition: string; readonly region: string; readonly account: string },
  since: Date,
): Promise<MemberSide> {
  const [rule, deadLetters] = await Promise.all([
    ruleOf(config, busArn(bus.partition, bus.region, bus.account), since),
    waiting(config),
  ]);
  return { rule, deadLetters };
}

const FIRST = names.forwardingRule(0);

async function ruleOf(config: AccountClientConfig, bus: string, since: Date) {
  const events = new EventBridgeClient(config);
  const no = (because: string) => ({ isGood: false, because });
  try {
    const { State: state } = await events.send(new DescribeRuleCommand({ Name: FIRST }));
    if (state === 'DISABLED') return no(`the rule ${FIRST} is disabled`);
    const { Targets: targets = [] } = await events.send(
      new ListTargetsByRuleCommand({ Rule: FIRST }),
    );
    if (!targets.some(({ Arn }) => Arn === bus))
      return no(`the rule ${FIRST} has no target ${bus}`);
  } catch (error) {
    const code = codeOf(error);
    return no(
      code === 'ResourceNotFoundException'
        ? `there is no rule ${FIRST}: the account's stack is not deployed here`
        : `the rule ${FIRST} could not be looked at: ${code}`,
    );
  }
  return { isGood: true, because: await metricsOf(config, since) };
}

/** Minutes late, and told as such: a zero here proves nothing yet. */
async function metricsOf(config: AccountClientConfig, since: Date): Promise<string> {
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
              Dimensions: [{ Name: 'RuleName', Value: FIRST }],
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
    return `metrics of ${FIRST} so far: ${sums.join(', ')}`;
  } catch (error) {
    return `the metrics of ${FIRST} could not be looked at: ${codeOf(error)}`;
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
