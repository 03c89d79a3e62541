import type { Construct } from 'constructs';
import { names } from '#core';
import { functionLogGroup } from '#modules/function';
import { literal } from '#modules/literal';
import { VENDING_DEAD_LETTERS, Vending } from '#modules/vending';
import { comingAndGoing } from '#policies/organization/lifecycle';
import { arns } from '#policies/resources/place';
import { queuePolicy } from '#policies/resources/queue-policy';
import { serviceTrust } from '#policies/resources/service-trust';
import { vendingPermissions } from '#policies/resources/vending-role';
import type { Around } from './around';
import { functionCode } from './function-code';

/** What takes up accounts that come and go; the management stack forwards their events. */
export function addVending(scope: Construct, around: Omit<Around, 'deadLettersArn'>): void {
  const { provider, place, bus, keyArn, alertsArn, configuration, entries, outdir } = around;
  const { deployer, organization, parts } = configuration;
  const name = names.vending;
  const delivered = (queue: string) =>
    queuePolicy({
      queue: arns.queue(place, queue),
      rules: [arns.busRule(place, names.bus, name)],
      account: place.account,
    });
  new Vending(scope, 'vending', {
    ...{ provider, bus, keyArn, topicArn: alertsArn, pattern: comingAndGoing(parts.management) },
    queuePolicy: delivered(name),
    deadLettersPolicy: delivered(VENDING_DEAD_LETTERS),
    taker: {
      code: functionCode(scope, 'code-vending', {
        ...{ name, entries, outdir, entry: 'vending/index' },
      }),
      environment: {
        PARAPET_ORGANIZATION: organization.id,
        PARAPET_MANAGEMENT: parts.management,
        PARAPET_DECISIONS_TABLE: names.decisions,
        PARAPET_DIRECTORY_TABLE: names.directory,
        PARAPET_BODIES_BUCKET: names.bodies(place.account, place.region),
        PARAPET_BUS_NAME: bus,
        ...(deployer === undefined ? {} : { PARAPET_DEPLOYER: literal(JSON.stringify(deployer)) }),
      },
      trust: serviceTrust('lambda.amazonaws.com', place),
      permissions: vendingPermissions(place, {
        ...{ key: keyArn, logGroup: functionLogGroup(name), deployer },
      }),
    },
  });
}
