import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import type { Construct } from 'constructs';
import { deploymentOf } from '#config';
import { isEscalated, names } from '#core';
import { AlertTopic } from '#modules/alert-topic';
import { Directory } from '#modules/directory';
import { Escalation } from '#modules/escalation';
import { functionLogGroup, NodeFunction } from '#modules/function';
import { Notifications } from '#modules/notifications';
import type { Queue } from '#modules/queue';
import { lookAgainPermissions } from '#policies/resources/look-again-role';
import {
  enrichPermissions,
  escalationPermissions,
  pipePermissions,
} from '#policies/resources/notification-roles';
import { arns } from '#policies/resources/place';
import { queuePolicy } from '#policies/resources/queue-policy';
import { serviceTrust } from '#policies/resources/service-trust';
import { notificationTopicPolicy } from '#policies/resources/topic-policy';
import type { Around } from './around';
import { escalationStates } from './escalation-states';
import { functionCode } from './function-code';

/** What the bus's rules send towards people. */
export interface PeopleFeeds {
  readonly notify: Queue;
  /** Absent where no guardrail escalates. */
  readonly escalationArn?: string;
}

/** How people are told: directory, enrichment, pipe, topics, and the escalation of what stays open. */
export function addPeople(scope: Construct, around: Around): PeopleFeeds {
  const { provider, place, keyArn, alertsArn, configuration } = around;
  const topic = new AlertTopic(scope, 'notifications', {
    ...{ provider, keyArn, name: names.notifications },
    policy: notificationTopicPolicy(place),
  });
  const { email } = configuration.outputs.alerts;
  for (const [index, endpoint] of email.entries())
    for (const [of, topicArn] of Object.entries({ alerts: alertsArn, notifications: topic.arn }))
      new SnsTopicSubscription(scope, `${of}-email-${index}`, {
        ...{ provider, topicArn, protocol: 'email', endpoint },
      });
  const enrich = addEnrich(scope, around);
  const notifications = new Notifications(scope, 'notify', {
    ...{ provider, alertsArn, topicArn: topic.arn, enrichArn: enrich.arn },
    trust: serviceTrust('pipes.amazonaws.com', place, [arns.pipe(place, names.notify)]),
    permissions: pipePermissions(place, keyArn),
    queuePolicy: queuePolicy({
      queue: arns.queue(place, names.notify),
      rules: [arns.busRule(place, names.bus, names.outputRules.notify)],
      account: place.account,
    }),
  });
  const feeds = { notify: notifications.queue };
  if (!around.guardrails.some(isEscalated)) return feeds;
  const escalation = new Escalation(scope, 'escalation', {
    ...{ provider, topicArn: alertsArn, arn: arns.stateMachine(place, names.escalation) },
    trust: serviceTrust('states.amazonaws.com', place, [
      arns.stateMachine(place, names.escalation),
    ]),
    permissions: escalationPermissions(place, keyArn),
    definition: escalationStates({
      enrichArn: enrich.arn,
      lookAgainArn: addLookAgain(scope, around).arn,
      notificationsArn: topic.arn,
      alertsArn,
      afterMinutes: configuration.outputs.alerts.escalateAfterMinutes,
    }),
  });
  return { ...feeds, escalationArn: escalation.arn };
}

function addEnrich(scope: Construct, around: Around): NodeFunction {
  const { provider, place, keyArn, entries, outdir } = around;
  const directory = new Directory(scope, 'directory', { provider, keyArn });
  const name = names.enrich;
  return new NodeFunction(scope, 'enrich', {
    ...{ provider, keyArn, name, description: 'adds name, OU path and owner of the account' },
    code: functionCode(scope, 'code-enrich', {
      ...{ name, entries, outdir },
      entry: 'enrich/index',
    }),
    environment: { PARAPET_DIRECTORY_TABLE: directory.name },
    trust: serviceTrust('lambda.amazonaws.com', place),
    permissions: enrichPermissions(place, { key: keyArn, logGroup: functionLogGroup(name) }),
  });
}

function addLookAgain(scope: Construct, around: Around): NodeFunction {
  const { provider, place, keyArn, configuration, entries, outdir } = around;
  const name = names.lookAgain;
  return new NodeFunction(scope, 'look-again', {
    ...{ provider, keyArn, name, description: 'judges a resource again, as it is now' },
    code: functionCode(scope, 'code-look-again', {
      ...{ name, entries, outdir, entry: 'look-again/index' },
      files: { 'deployment.json': JSON.stringify(deploymentOf(configuration)) },
    }),
    environment: { PARAPET_BODIES_BUCKET: names.bodies(place.account, place.region) },
    trust: serviceTrust('lambda.amazonaws.com', place),
    permissions: lookAgainPermissions(place, {
      organization: configuration.organization.id,
      key: keyArn,
      logGroup: functionLogGroup(name),
    }),
    timeoutSeconds: 60,
    memoryMegabytes: 512,
  });
}
