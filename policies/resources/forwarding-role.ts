import { busArn, nameOf } from '#core';
import { type PolicyDocument, policyDocument } from './document';
import { arns, type Place } from './place';

/**
 * Trusts EventBridge on behalf of this account's own rules. A pattern, not a list: IAM is global,
 * and the rules of 17 Regions exceed the 2,048 characters of a trust policy.
 */
export const forwardingTrust = (member: Omit<Place, 'region'>): PolicyDocument =>
  policyDocument({
    sid: 'ForwardingRules',
    principal: { Service: 'events.amazonaws.com' },
    actions: ['sts:AssumeRole'],
    conditions: {
      ArnLike: { 'aws:SourceArn': arns.rule({ ...member, region: '*' }, nameOf('*')) },
      StringEquals: { 'aws:SourceAccount': member.account },
    },
  });

/** Putting events on the security bus, and nothing else. */
export const forwardingPermissions = (bus: Place): PolicyDocument =>
  policyDocument({
    sid: 'PutOnSecurityBus',
    actions: ['events:PutEvents'],
    resources: [busArn(bus.partition, bus.region, bus.account)],
  });
