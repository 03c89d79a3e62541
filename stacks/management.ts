import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { App } from 'cdktf';
import type { Configuration, Unit } from '#config';
import { busArn, names, roleArn } from '#core';
import { Forwarder } from '#modules/forwarder';
import { OrganizationPolicy } from '#modules/organization-policy';
import { OrganizationTrail } from '#modules/organization-trail';
import { type ProviderHook, providerOf } from '#modules/provider';
import { refuseWrongPattern } from '#modules/rule-pattern';
import { ParapetStack } from '#modules/stack';
import type { OrganizationPolicy as Policy } from '#policies/organization/document';
import {
  controlTowerLifecycle,
  type Lifecycle,
  organizationsLifecycle,
} from '#policies/organization/lifecycle';
import { protect } from '#policies/organization/protect';
import { quarantine } from '#policies/organization/quarantine';
import { arns } from '#policies/resources/place';
import { queuePolicy } from '#policies/resources/queue-policy';
import { ownTrailOf } from './own-trail';
import { keepStateOf } from './state';

export interface ManagementStackProps {
  readonly configuration: Configuration;
  readonly onProvider?: ProviderHook | undefined;
}

const MANAGEMENT_STACK_ID = 'management';

/** Where the events of Organizations appear, and its API is. */
const ORGANIZATIONS_REGION = 'us-east-1';

/**
 * The management account: our own trail where one is wanted, the events of accounts that come and
 * go, and the service control policies. Its bucket is the log archive's, its bus the security
 * account's, and its forwarding role that of the account's own member stack: all three stand before.
 */
export class ManagementStack extends ParapetStack {
  constructor(app: App, props: ManagementStackProps) {
    super(app, MANAGEMENT_STACK_ID);
    const { configuration } = props;
    keepStateOf(this, configuration);
    const { regions, controlTower } = configuration;
    const trail = ownTrailOf(configuration);
    const wanted = [
      ORGANIZATIONS_REGION,
      ...(trail === undefined ? [] : [regions.home]),
      ...(controlTower === undefined ? [] : [controlTower.homeRegion]),
    ];
    const providers = new Map(
      [...new Set(wanted)].map((region) => [region, this.provider(region, props)] as const),
    );
    const providerIn = (region: string): AwsProvider => {
      const found = providers.get(region);
      if (found === undefined) throw new RangeError(`there is no provider for ${region}`);
      return found;
    };

    if (trail !== undefined) {
      const archive = {
        ...configuration,
        region: regions.home,
        account: configuration.parts.logArchive,
      };
      new OrganizationTrail(this, 'trail', {
        ...{ provider: providerIn(regions.home), name: names.trail },
        bucket: names.trailBucket(archive.account, archive.region),
        keyAliasArn: arns.alias(archive, names.keyAlias('trail')),
        managementEvents: trail.managementEvents,
        dataOf: trail.dataOf,
      });
    }
    for (const [region, lifecycles] of lifecycleIn(configuration))
      this.forward(providerIn(region), { region, lifecycles }, configuration);
    this.attachPolicies(providerIn(ORGANIZATIONS_REGION), configuration);
  }

  private provider(region: string, { configuration, onProvider }: ManagementStackProps) {
    const { partition, parts, roles } = configuration;
    const account = parts.management;
    const role = roles.management;
    const of = {
      ...{ account, region },
      roleArn: role === null ? undefined : roleArn(partition, account, role),
    };
    const provider = providerOf(this, of);
    onProvider?.(provider, of);
    return provider;
  }

  private forward(
    provider: AwsProvider,
    { region, lifecycles }: { readonly region: string; readonly lifecycles: readonly Lifecycle[] },
    { partition, parts, regions }: Configuration,
  ): void {
    const here = { partition, account: parts.management, region };
    const rules = Object.fromEntries(
      lifecycles.map(({ name, pattern }) => [
        names.lifecycleRule(name),
        { pattern: JSON.stringify(pattern), state: 'ENABLED' as const },
      ]),
    );
    for (const [name, { pattern, state }] of Object.entries(rules))
      refuseWrongPattern(name, pattern, { state, region });
    const deadLettersName = names.deadLetters('lifecycle');
    new Forwarder(this, `lifecycle-${region}`, {
      provider,
      forwarding: rules,
      what: 'accounts that come and go',
      busArn: busArn(partition, regions.home, parts.security),
      roleArn: roleArn(partition, parts.management, names.forwardingRole),
      after: [],
      deadLettersName,
      deadLettersPolicy: queuePolicy({
        queue: arns.queue(here, deadLettersName),
        rules: Object.keys(rules).map((name) => arns.rule(here, name)),
        account: here.account,
      }),
    });
  }

  private attachPolicies(provider: AwsProvider, configuration: Configuration): void {
    const { partition, roles, organizationPolicies } = configuration;
    const assumed = [roles.member, roles.security, roles['log-archive']];
    const exempt = { partition, deployment: assumed.filter((role) => role !== null) };
    const attach = (id: string, { name, ...policy }: Policy, units: readonly Unit[]) => {
      if (units.length === 0) return;
      new OrganizationPolicy(this, id, {
        ...{ provider, name, ...policy, targets: units.map((unit) => unit.id) },
      });
    };
    attach('protect', protect(exempt), organizationPolicies.protect);
    attach('quarantine', quarantine(exempt), organizationPolicies.quarantine);
  }
}

/** Region → what comes and goes there. */
function lifecycleIn({ controlTower }: Configuration): ReadonlyMap<string, readonly Lifecycle[]> {
  const organizations = [ORGANIZATIONS_REGION, [organizationsLifecycle]] as const;
  if (controlTower === undefined) return new Map([organizations]);
  const { homeRegion } = controlTower;
  if (homeRegion === ORGANIZATIONS_REGION)
    return new Map([[homeRegion, [organizationsLifecycle, controlTowerLifecycle]]]);
  return new Map([organizations, [homeRegion, [controlTowerLifecycle]]]);
}
