import { nameOf } from '#core';
import { type PolicyDocument, policyDocument } from './document';
import { arns, type Place } from './place';

/** Lets Parapet's own alarms publish on the alert topic. */
export const alertTopicPolicy = (place: Place, topic: string): PolicyDocument =>
  policyDocument({
    sid: 'AlarmsPublish',
    principal: { Service: 'cloudwatch.amazonaws.com' },
    actions: ['sns:Publish'],
    resources: [arns.topic(place, topic)],
    conditions: {
      ArnLike: { 'aws:SourceArn': arns.alarm(place, nameOf('*')) },
      StringEquals: { 'aws:SourceAccount': place.account },
    },
  });
