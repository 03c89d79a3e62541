import { nameOf, names, roleArn } from '#core';
import { type PolicyDocument, policyDocument } from './document';
import { arns, type Place } from './place';

/** Lets Parapet's own alarms publish on the alert topic, and the rule of failed repairs. */
export const alertTopicPolicy = (place: Place, topic: string): PolicyDocument =>
  policyDocument(
    {
      sid: 'AlarmsPublish',
      principal: { Service: 'cloudwatch.amazonaws.com' },
      actions: ['sns:Publish'],
      resources: [arns.topic(place, topic)],
      conditions: {
        ArnLike: { 'aws:SourceArn': arns.alarm(place, nameOf('*')) },
        StringEquals: { 'aws:SourceAccount': place.account },
      },
    },
    {
      sid: 'FailedRepairsPublish',
      principal: { Service: 'events.amazonaws.com' },
      actions: ['sns:Publish'],
      resources: [arns.topic(place, topic)],
      conditions: {
        ArnEquals: { 'aws:SourceArn': arns.busRule(place, names.bus, names.outputRules.troubled) },
        StringEquals: { 'aws:SourceAccount': place.account },
      },
    },
  );

/** Nobody but roles of this account, as their own permissions say: pipe and state machine publish. */
export const notificationTopicPolicy = (place: Place): PolicyDocument =>
  policyDocument({
    sid: 'RolesOfThisAccountPublish',
    principal: { AWS: arns.root(place) },
    actions: ['sns:Publish'],
    resources: [arns.topic(place, names.notifications)],
    conditions: {
      ArnEquals: {
        'aws:PrincipalArn': [names.notify, names.escalation].map((name) =>
          roleArn(place.partition, place.account, name),
        ),
      },
    },
  });
