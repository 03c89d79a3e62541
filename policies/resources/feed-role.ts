import { names } from '#core';
import { type PolicyDocument, policyDocument, type Statement } from './document';
import { useKeyThrough } from './own-work';
import { arns, type Place } from './place';

/** What the security bus's rules feed through a role. */
export interface Feeds {
  readonly siem: boolean;
  readonly lake: boolean;
  readonly escalation: boolean;
  readonly key: string;
}

/** The rules that may take the feed role. */
export const feedRules = (place: Place): readonly string[] =>
  [names.outputRules.events, names.outputRules.decisions, names.outputRules.escalate].map((rule) =>
    arns.busRule(place, names.bus, rule),
  );

/** Putting events into exactly the streams there are, and starting the one state machine. */
export function feedPermissions(place: Place, feeds: Feeds): PolicyDocument {
  const stream: readonly Statement[] = [
    {
      sid: 'FeedSiemStream',
      actions: ['kinesis:PutRecord', 'kinesis:PutRecords'],
      resources: [arns.stream(place, names.siemStream)],
    },
    useKeyThrough(place, feeds.key, { services: ['kinesis'], actions: ['kms:GenerateDataKey'] }),
  ];
  const lake: Statement = {
    sid: 'FeedLake',
    actions: ['firehose:PutRecord', 'firehose:PutRecordBatch'],
    resources: (['events', 'decisions'] as const).map((of) =>
      arns.deliveryStream(place, names.lakeStream(of)),
    ),
  };
  const escalation: Statement = {
    sid: 'StartEscalation',
    actions: ['states:StartExecution'],
    resources: [arns.stateMachine(place, names.escalation)],
  };
  return policyDocument(
    ...(feeds.siem ? stream : []),
    ...(feeds.lake ? [lake] : []),
    ...(feeds.escalation ? [escalation] : []),
  );
}

/**
 * Lets two rules write to the bus's log group. EventBridge names no rule when it makes a log
 * stream, so that only the writing can be narrowed to rules.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 */
export function busLogPolicy(place: Place): PolicyDocument {
  const group = arns.logGroup(place, names.busLog);
  const principal = { Service: ['delivery.logs.amazonaws.com', 'events.amazonaws.com'] };
  return policyDocument(
    {
      sid: 'RulesMakeStreams',
      principal,
      actions: ['logs:CreateLogStream'],
      resources: [`${group}:*`],
    },
    {
      sid: 'RulesWrite',
      principal,
      actions: ['logs:PutLogEvents'],
      resources: [`${group}:*:*`],
      conditions: {
        ArnEquals: {
          'aws:SourceArn': [names.outputRules.events, names.outputRules.decisions].map((rule) =>
            arns.busRule(place, names.bus, rule),
          ),
        },
      },
    },
  );
}
