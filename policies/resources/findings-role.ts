import { names, roleArn } from '#core';
import { type PolicyDocument, policyDocument } from './document';
import { takeFromQueue, writeOwnLogs } from './own-work';
import { arns, type Place } from './place';

/** The function that makes findings: its queue, and the findings' role of any account of ours. */
export const securityHubPermissions = (
  place: Place,
  parts: { readonly organization: string; readonly logGroup: string },
): PolicyDocument =>
  policyDocument(
    takeFromQueue(place, names.securityHub),
    {
      sid: 'ImportInMembers',
      actions: ['sts:AssumeRole'],
      resources: [roleArn(place.partition, '*', names.findingsRole)],
      conditions: { StringEquals: { 'aws:ResourceOrgID': parts.organization } },
    },
    writeOwnLogs(place, parts.logGroup),
  );

/** Trusts the function that makes findings, by its role's name below the security account's root. */
export const findingsTrust = (
  security: Omit<Place, 'region'> & { readonly organization: string },
): PolicyDocument =>
  policyDocument({
    sid: 'FindingsAreImported',
    principal: { AWS: arns.root(security) },
    actions: ['sts:AssumeRole'],
    conditions: {
      StringEquals: { 'aws:PrincipalOrgID': security.organization },
      ArnEquals: {
        'aws:PrincipalArn': roleArn(security.partition, security.account, names.securityHub),
      },
    },
  });

/**
 * Importing findings under the account's own default product: Security Hub takes them from the
 * account they are about, and from no other.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html
 */
export const findingsPermissions = ({
  partition,
  account,
}: Omit<Place, 'region'>): PolicyDocument =>
  policyDocument({
    sid: 'ImportOwnFindings',
    actions: ['securityhub:BatchImportFindings'],
    resources: [`arn:${partition}:securityhub:*:${account}:product/${account}/default`],
  });
