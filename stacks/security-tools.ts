import type { Construct } from 'constructs';
import { names } from '#core';
import { functionLogGroup } from '#modules/function';
import { literal } from '#modules/literal';
import type { Queue } from '#modules/queue';
import { SecurityHub } from '#modules/security-hub';
import { Siem } from '#modules/siem';
import { tlsOnlyPolicy } from '#policies/resources/bucket-policy';
import { securityHubPermissions } from '#policies/resources/findings-role';
import { arns } from '#policies/resources/place';
import { queuePolicy } from '#policies/resources/queue-policy';
import { serviceTrust } from '#policies/resources/service-trust';
import { siemPermissions } from '#policies/resources/siem-role';
import type { Around } from './around';
import { functionCode } from './function-code';

/** The stream to the SIEM, where one is configured: its ARN. */
export function addSiem(scope: Construct, around: Around): string | undefined {
  const { provider, place, keyArn, alertsArn, configuration, entries, outdir } = around;
  const { siem } = configuration;
  if (siem === undefined) return undefined;
  const name = names.siemForwarder;
  const refused = names.siemRefused(place.account, place.region);
  const made = new Siem(scope, 'siem', {
    ...{ provider, keyArn, topicArn: alertsArn },
    refused: { name: refused, policy: tlsOnlyPolicy(place, refused) },
    forwarder: {
      code: functionCode(scope, 'code-siem', {
        ...{ name, entries, outdir, entry: 'forward-siem/index' },
      }),
      environment: { PARAPET_SIEM: literal(JSON.stringify(siem)) },
      trust: serviceTrust('lambda.amazonaws.com', place),
      permissions: siemPermissions(place, {
        ...{ secret: siem.secret, key: keyArn, logGroup: functionLogGroup(name) },
      }),
    },
  });
  return made.streamArn;
}

/** The queue to Security Hub, where it is wanted. */
export function addSecurityHub(scope: Construct, around: Around): Queue | undefined {
  const { provider, place, keyArn, alertsArn, configuration, entries, outdir } = around;
  if (!configuration.outputs.securityHub) return undefined;
  const name = names.securityHub;
  const { queue } = new SecurityHub(scope, 'security-hub', {
    ...{ provider, keyArn, topicArn: alertsArn },
    queuePolicy: queuePolicy({
      queue: arns.queue(place, name),
      rules: [arns.busRule(place, names.bus, names.outputRules.securityHub)],
      account: place.account,
    }),
    importer: {
      code: functionCode(scope, 'code-security-hub', {
        ...{ name, entries, outdir, entry: 'security-hub/index' },
      }),
      trust: serviceTrust('lambda.amazonaws.com', place),
      permissions: securityHubPermissions(place, {
        organization: configuration.organization.id,
        logGroup: functionLogGroup(name),
      }),
    },
  });
  return queue;
}
