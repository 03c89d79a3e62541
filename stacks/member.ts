import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { App } from 'cdktf';
import { type Account, type Configuration, ownerOf } from '#config';
import { busArn, names, roleArn } from '#core';
import { DirectoryEntry } from '#modules/directory';
import { Forwarder, type Forwarding } from '#modules/forwarder';
import { type ProviderHook, providerOf } from '#modules/provider';
import { Role } from '#modules/role';
import { ParapetStack } from '#modules/stack';
import { findingsPermissions, findingsTrust } from '#policies/resources/findings-role';
import { forwardingPermissions, forwardingTrust } from '#policies/resources/forwarding-role';
import { operationPermissions } from '#policies/resources/operation-permissions';
import { arns } from '#policies/resources/place';
import { queuePolicy } from '#policies/resources/queue-policy';
import { readerTrust, remediationTrust } from '#policies/resources/responder-trust';
import { repairing, type Service } from './installed';
import { keepStateOf } from './state';

export interface MemberStackProps {
  readonly configuration: Configuration;
  readonly account: Account;
  readonly services: readonly Service[];
  /** By Region. */
  readonly forwarding: ReadonlyMap<string, Forwarding>;
  readonly onProvider?: ProviderHook | undefined;
}

/** The id of an account's stack. */
const memberStackId = (account: string): string => `member-${account}`;

/**
 * What every account gets, the management, security and log-archive accounts too: forwarding rules
 * in its governed Regions, the forwarding role, the reader, and a remediation role per service.
 */
export class MemberStack extends ParapetStack {
  /** @throws RangeError where none of the account's Regions is governed. */
  constructor(app: App, props: MemberStackProps) {
    super(app, memberStackId(props.account.id));
    const { configuration, account, onProvider } = props;
    const { partition, regions } = configuration;
    keepStateOf(this, configuration);
    const role = configuration.roles[account.kind];
    const providers = account.regions.map((region) => {
      const of = {
        account: account.id,
        region,
        roleArn: role === null ? undefined : roleArn(partition, account.id, role),
      };
      const provider = providerOf(this, of);
      onProvider?.(provider, of);
      return { region, provider };
    });
    const iam = providers.find(({ region }) => region === regions.home) ?? providers[0];
    if (iam === undefined) throw new RangeError(`account ${account.id} has no governed Region`);

    const bus = { partition, account: configuration.parts.security, region: regions.home };
    const forwarder = new Role(this, 'forward', {
      provider: iam.provider,
      name: names.forwardingRole,
      description: 'Parapet: lets this account forward events to the security bus',
      trust: forwardingTrust({ partition, account: account.id }),
      permissions: forwardingPermissions(bus),
    });
    this.addRoles(props, iam.provider);
    this.addEntry(props, providers);
    for (const { region, provider } of providers) {
      const forwarding = props.forwarding.get(region);
      if (forwarding === undefined || Object.keys(forwarding).length === 0) continue;
      const here = { partition, account: account.id, region };
      new Forwarder(this, region, {
        provider,
        forwarding,
        busArn: busArn(bus.partition, bus.region, bus.account),
        roleArn: forwarder.arn,
        after: forwarder.policy === undefined ? [] : [forwarder.policy],
        deadLettersPolicy: queuePolicy({
          queue: arns.queue(here, names.forwardDeadLetters),
          rules: Object.keys(forwarding).map((name) => arns.rule(here, name)),
          account: account.id,
        }),
      });
    }
  }

  /** The account's entry in the directory: it lies in the security account and goes with this stack. */
  private addEntry(
    { configuration, account, onProvider }: MemberStackProps,
    own: readonly { readonly region: string; readonly provider: AwsProvider }[],
  ): void {
    const { partition, parts, regions, roles, outputs } = configuration;
    const securityProvider = (): AwsProvider => {
      const role = roles.security;
      const of = {
        ...{ account: parts.security, region: regions.home, alias: 'security' },
        roleArn: role === null ? undefined : roleArn(partition, parts.security, role),
      };
      const made = providerOf(this, of);
      onProvider?.(made, of);
      return made;
    };
    const there =
      account.id === parts.security ? own.find(({ region }) => region === regions.home) : undefined;
    new DirectoryEntry(this, 'directory', {
      ...{ account: account.id, name: account.name, ouPath: account.ouPath },
      provider: there?.provider ?? securityProvider(),
      owner: ownerOf(outputs.owners, account),
    });
  }

  private addRoles(
    { configuration, account, services }: MemberStackProps,
    provider: AwsProvider,
  ): void {
    const { partition, organization, parts } = configuration;
    const here = { partition, account: account.id };
    const security = { partition, account: parts.security, organization: organization.id };
    const readers = services.filter(({ reads }) => reads.length > 0);
    if (readers.length > 0)
      new Role(this, 'reader', {
        provider,
        name: names.readerRole,
        description: 'Parapet: reads what guardrails judge, and can change nothing',
        trust: readerTrust(
          security,
          readers.map(({ name }) => name),
        ),
        permissions: operationPermissions(
          readers.flatMap(({ reads }) => reads),
          here,
        ),
      });
    if (configuration.outputs.securityHub)
      new Role(this, 'findings', {
        provider,
        name: names.findingsRole,
        description: "Parapet: imports this account's findings into its Security Hub",
        trust: findingsTrust(security),
        permissions: findingsPermissions(here),
      });
    for (const service of services) {
      if (service.writes.length === 0) continue;
      new Role(this, `remediate-${service.name}`, {
        provider,
        name: names.remediationRole(service.name),
        description: `Parapet: repairs what the guardrails of ${service.name} find`,
        trust: remediationTrust(security, service.name, repairing(service)),
        permissions: operationPermissions(service.writes, here),
      });
    }
  }
}
