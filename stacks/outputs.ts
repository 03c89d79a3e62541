import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { CloudwatchLogResourcePolicy } from '@cdktf/provider-aws/lib/cloudwatch-log-resource-policy';
import type { Construct } from 'constructs';
import { DECISION_DETAIL_TYPE, DECISION_SOURCE, isEscalated, names } from '#core';
import { BusRule, type BusTarget } from '#modules/bus-rule';
import { Queue } from '#modules/queue';
import { QueueAlarm } from '#modules/queue-alarm';
import { Role } from '#modules/role';
import { busLogPolicy, feedPermissions, feedRules } from '#policies/resources/feed-role';
import { arns } from '#policies/resources/place';
import { queuePolicy } from '#policies/resources/queue-policy';
import { serviceTrust } from '#policies/resources/service-trust';
import type { Around } from './around';
import { addLake } from './lake';
import { addPeople } from './people';
import { addSecurityHub, addSiem } from './security-tools';

/** A violation that nothing has mended. */
const OPEN = ['observed', 'shadowed', 'held', 'partly', 'failed'];

/** A replay of the archive is judged anew, but what was told and stored once is not told again. */
const NO_REPLAY = { 'replay-name': [{ exists: false }] };

const decisions = (detail: object = {}) => ({
  source: [DECISION_SOURCE],
  'detail-type': [DECISION_DETAIL_TYPE],
  ...(Object.keys(detail).length === 0 ? {} : { detail }),
  ...NO_REPLAY,
});

/**
 * What becomes of events and decisions beside responding to them: the bus's log, the SIEM's
 * stream, the lake, people, Security Hub. One rule for each audience; what a rule cannot deliver
 * waits in one queue.
 */
export function addOutputs(scope: Construct, shared: Omit<Around, 'deadLettersArn'>): void {
  const { provider, place, bus, state, keyArn, alertsArn, configuration } = shared;
  const around: Around = { ...shared, deadLettersArn: deadLettersOf(scope, shared) };
  const log = busLog(scope, around);
  const siem = addSiem(scope, around);
  const lake = configuration.outputs.lake ? addLake(scope, around) : undefined;
  const people = addPeople(scope, around);
  const findings = addSecurityHub(scope, around);
  const role = new Role(scope, 'feed', {
    ...{ provider, name: names.feedRole },
    description: 'Parapet: lets the rules of the security bus feed streams',
    trust: serviceTrust('events.amazonaws.com', place, feedRules(place)),
    permissions: feedPermissions(place, {
      siem: siem !== undefined,
      lake: lake !== undefined,
      escalation: people.escalationArn !== undefined,
      key: keyArn,
    }),
  });
  const byRole = {
    roleArn: role.arn,
    after: role.policy === undefined ? [] : [role.policy],
  };
  const stream = (partitionKeyPath: string): readonly BusTarget[] =>
    siem === undefined
      ? []
      : // The order within an account is kept.
        [{ id: 'siem', arn: siem, kinesisTarget: { partitionKeyPath }, ...byRole }];
  const rule = (
    of: keyof typeof names.outputRules,
    description: string,
    pattern: object,
    targets: readonly BusTarget[],
  ) =>
    new BusRule(scope, `rule-${of}`, {
      ...{ provider, bus, name: names.outputRules[of], description, pattern, targets },
      state: of === 'events' ? state : 'ENABLED',
      deadLettersArn: around.deadLettersArn,
    });

  rule('events', 'All events that guardrails judge', eventPattern, [
    log,
    ...stream('$.account'),
    ...(lake === undefined ? [] : [{ id: 'lake', arn: lake.events, ...byRole }]),
  ]);
  rule('decisions', 'All decisions', decisions(), [
    log,
    ...stream('$.detail.account'),
    ...(lake === undefined ? [] : [{ id: 'lake', arn: lake.decisions, ...byRole }]),
  ]);
  const escalated = shared.guardrails.filter(isEscalated).map(({ id }) => id);
  rule('notify', 'Violations, towards people', notifyPattern(escalated), [toQueue(people.notify)]);
  rule('troubled', 'Repairs that failed, towards people at once', troubled, [
    { id: 'alerts', arn: alertsArn, after: [], inputTransformer: sentence },
  ]);
  if (people.escalationArn !== undefined)
    rule('escalate', 'Critical violations that stand open', openPattern(escalated), [
      { id: 'escalation', arn: people.escalationArn, inputPath: '$.detail', ...byRole },
    ]);
  if (findings !== undefined)
    rule('securityHub', 'All decisions, as findings', decisions(), [toQueue(findings)]);
}

const eventPattern = { source: [{ prefix: 'aws.' }], ...NO_REPLAY };

const openPattern = (guardrails: readonly string[]) =>
  decisions({ verdict: ['violates'], guardrail: guardrails, outcome: OPEN });

/** What the escalation tells itself is not told here too. */
const notifyPattern = (escalated: readonly string[]) =>
  decisions(
    escalated.length === 0
      ? { verdict: ['violates', 'undetermined'] }
      : {
          // No field stands both inside and beside the alternatives.
          $or: [
            { verdict: ['violates'], guardrail: [{ 'anything-but': escalated }] },
            { verdict: ['violates'], outcome: [{ 'anything-but': OPEN }] },
            { verdict: ['undetermined'] },
          ],
        },
  );

const troubled = decisions({ outcome: ['failed', 'partly'] });

/** A rule that feeds people directly: it needs no function that could fail. */
const sentence = {
  inputPaths: {
    guardrail: '$.detail.guardrail',
    outcome: '$.detail.outcome',
    account: '$.detail.account',
    region: '$.detail.region',
    resource: '$.detail.resource',
    decision: '$.detail.id',
  },
  inputTemplate:
    '"A repair of <guardrail> did not succeed (<outcome>) in account <account>, <region>: <resource>. `parapet` and docs/operations.md tell more about decision <decision>."',
};

const toQueue = ({ arn }: Queue): BusTarget => ({ id: 'queue', arn, after: [] });

function deadLettersOf(
  scope: Construct,
  { provider, place, alertsArn }: Omit<Around, 'deadLettersArn'>,
): string {
  const name = names.outputsDeadLetters;
  const queue = new Queue(scope, 'outputs-dead-letters', {
    ...{ provider, name },
    policy: queuePolicy({
      queue: arns.queue(place, name),
      rules: Object.values(names.outputRules).map((rule) => arns.busRule(place, names.bus, rule)),
      account: place.account,
    }),
  });
  new QueueAlarm(scope, 'outputs-dead-letters-alarm', {
    ...{ provider, name: 'outputs-dead-letters', queueName: queue.name, topicArn: alertsArn },
    description: 'Events or decisions did not reach log, lake, SIEM, people or Security Hub',
    metric: 'ApproximateNumberOfMessagesVisible',
  });
  return queue.arn;
}

function busLog(scope: Construct, { provider, place, keyArn }: Around): BusTarget {
  const group = new CloudwatchLogGroup(scope, 'bus-log', {
    ...{ provider, name: names.busLog, retentionInDays: 90, kmsKeyId: keyArn },
  });
  const policy = new CloudwatchLogResourcePolicy(scope, 'bus-log-policy', {
    provider,
    policyName: names.bus,
    policyDocument: JSON.stringify(busLogPolicy(place)),
  });
  return { id: 'log', arn: group.arn, after: [policy] };
}
