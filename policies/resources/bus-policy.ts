import { busArn, DECISION_SOURCE, names, roleArn } from '#core';
import { type PolicyDocument, policyDocument } from './document';
import { arns, type Place } from './place';

/**
 * Who may put events on the security bus: forwarding rules of this organization, and the roles that
 * decide their decisions. `events:eventBusInvocation` is true for a rule's delivery and not for PutEvents,
 * so that no member can put an event with a source of its own choosing and forge a decision.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html
 */
export function busPolicy(
  bus: Place & { readonly organization: string; readonly deciding: readonly string[] },
): PolicyDocument {
  const resources = [busArn(bus.partition, bus.region, bus.account)];
  // ForAllValues alone holds where the key is missing.
  const present = { 'events:source': 'false' };
  const deciding = bus.deciding.map((name) => roleArn(bus.partition, bus.account, name));
  return policyDocument(
    {
      sid: 'AdmitForwardedEvents',
      principal: '*',
      actions: ['events:PutEvents'],
      resources,
      conditions: {
        StringEquals: { 'aws:PrincipalOrgID': bus.organization },
        ArnLike: { 'aws:PrincipalArn': roleArn(bus.partition, '*', names.forwardingRole) },
        Bool: { 'events:eventBusInvocation': 'true' },
        'ForAllValues:StringLike': { 'events:source': 'aws.*' },
        Null: present,
      },
    },
    {
      sid: 'AdmitDecisions',
      principal: { AWS: arns.root(bus) },
      actions: ['events:PutEvents'],
      resources,
      conditions: {
        ArnEquals: { 'aws:PrincipalArn': deciding },
        'ForAllValues:StringEquals': { 'events:source': DECISION_SOURCE },
        Null: present,
      },
    },
    {
      // Within an account an identity policy alone is enough, so an Allow shuts nobody out there.
      sid: 'RefuseForgedDecisions',
      effect: 'Deny',
      principal: '*',
      actions: ['events:PutEvents'],
      resources,
      conditions: {
        'ForAnyValue:StringEquals': { 'events:source': DECISION_SOURCE },
        ArnNotEquals: { 'aws:PrincipalArn': deciding },
      },
    },
  );
}
