import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { App } from 'cdktf';
import { type Configuration, deploymentOf } from '#config';
import { names, roleArn } from '#core';
import { AlertTopic } from '#modules/alert-topic';
import { DecisionTable } from '#modules/decision-table';
import { EncryptionKey } from '#modules/encryption-key';
import { PrivateBucket } from '#modules/private-bucket';
import { type ProviderHook, providerOf } from '#modules/provider';
import { Queue } from '#modules/queue';
import { QueueAlarm } from '#modules/queue-alarm';
import {
  Responder,
  responderDeadLetters,
  responderLogGroup,
  responderRules,
} from '#modules/responder';
import { SecurityBus } from '#modules/security-bus';
import { ParapetStack } from '#modules/stack';
import { compileTriggers, patternText, ruleState } from '#pattern';
import { tlsOnlyPolicy } from '#policies/resources/bucket-policy';
import { busPolicy } from '#policies/resources/bus-policy';
import { keyGrants, keyPolicy } from '#policies/resources/key-grants';
import { arns, type Place } from '#policies/resources/place';
import { queuePolicy } from '#policies/resources/queue-policy';
import { responderPermissions, responderTrust } from '#policies/resources/responder-role';
import { alertTopicPolicy } from '#policies/resources/topic-policy';
import { functionCode } from './function-code';
import { repairing, type Service } from './installed';
import { addOutputs } from './outputs';
import { keepStateOf } from './state';
import { addVending } from './vending';

export interface SecurityStackProps {
  readonly configuration: Configuration;
  readonly services: readonly Service[];
  /** A folder of entries that stand in for the functions' own, as function-code.ts says. @default none */
  readonly entries?: string | undefined;
  readonly onProvider?: ProviderHook | undefined;
}

const SECURITY_STACK_ID = 'security';

/** What all responders share. */
interface Shared {
  readonly provider: AwsProvider;
  readonly place: Place;
  readonly bus: string;
  readonly keyArn: string;
  readonly topicArn: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The security account's home Region: the bus of the whole organization, a responder per service,
 * and the stores of what they decide. It is deployed before any member and removed after all.
 *
 * One customer-managed key for table, bodies, alert topic and logs: what they hold tells an
 * attacker where the organization is weak, and CloudWatch can't publish under `aws/sns`. The bus
 * has the AWS-owned key and the queues SSE-SQS; SecurityBus and Queue say why.
 */
export class SecurityStack extends ParapetStack {
  constructor(app: App, props: SecurityStackProps) {
    super(app, SECURITY_STACK_ID);
    const { configuration, services, onProvider } = props;
    const { partition, parts, regions, roles } = configuration;
    const place = { partition, account: parts.security, region: regions.home };
    keepStateOf(this, configuration);
    const of = {
      ...{ account: place.account, region: place.region },
      roleArn:
        roles.security === null ? undefined : roleArn(partition, place.account, roles.security),
    };
    const provider = providerOf(this, of);
    onProvider?.(provider, of);

    const key = new EncryptionKey(this, 'key', { provider, policy: keyPolicy(keyGrants(place)) });
    const { alerts } = names;
    const topic = new AlertTopic(this, 'alerts', {
      ...{ provider, name: alerts, keyArn: key.arn, policy: alertTopicPolicy(place, alerts) },
    });
    const bus = new SecurityBus(this, 'bus', {
      provider,
      policy: busPolicy({
        ...place,
        organization: configuration.organization.id,
        deciding: [...services.map(({ name }) => names.responder(name)), names.vending],
      }),
      discoverer: configuration.outputs.discoverer,
    });
    const table = new DecisionTable(this, 'decisions', { provider, keyArn: key.arn });
    const bodies = names.bodies(place.account, place.region);
    const bucket = new PrivateBucket(this, 'bodies', {
      ...{ provider, name: bodies, keyArn: key.arn, policy: tlsOnlyPolicy(place, bodies) },
    });
    const rejects = this.rejects(provider, topic.arn);
    const environment = {
      PARAPET_DECISIONS_TABLE: table.name,
      PARAPET_BODIES_BUCKET: bucket.name,
      PARAPET_REJECTS_QUEUE_URL: rejects.url,
      PARAPET_BUS_NAME: bus.name,
    };
    const shared = {
      ...{ provider, place, environment },
      ...{ bus: bus.name, keyArn: key.arn, topicArn: topic.arn },
    };
    for (const service of services)
      this.responder(service, shared, { ...props, outdir: app.outdir });
    const guardrails = services.flatMap((service) => service.guardrails);
    const around = {
      ...{ configuration, guardrails, provider, place, bus: bus.name },
      state: ruleState(guardrails.flatMap(({ triggers }) => triggers)),
      ...{ keyArn: key.arn, alertsArn: topic.arn, entries: props.entries, outdir: app.outdir },
    };
    addOutputs(this, around);
    addVending(this, around);
  }

  private rejects(provider: AwsProvider, topicArn: string): Queue {
    const rejects = new Queue(this, 'rejects', { provider, name: names.rejects });
    new QueueAlarm(this, 'rejects-alarm', {
      provider,
      name: 'rejects',
      description: 'Events that no guardrail could judge wait, each with its reason',
      queueName: rejects.name,
      metric: 'ApproximateNumberOfMessagesVisible',
      topicArn,
    });
    return rejects;
  }

  private responder(
    service: Service,
    { place, bus, ...shared }: Shared,
    { configuration, entries, outdir }: SecurityStackProps & { readonly outdir: string },
  ): void {
    const { name, guardrails, reads } = service;
    const triggers = guardrails.flatMap((guardrail) => guardrail.triggers);
    // The security bus replays on purpose.
    const patterns = compileTriggers(triggers, { replays: 'included' }).map(({ pattern }) =>
      patternText(pattern),
    );
    const code = functionCode(this, `code-${name}`, {
      ...{ name: names.responder(name), entries, outdir, entry: `respond/${name}` },
      files: { 'deployment.json': JSON.stringify(deploymentOf(configuration)) },
    });
    const delivered = (queue: string) =>
      queuePolicy({
        queue: arns.queue(place, queue),
        rules: responderRules(name, patterns).map((rule) => arns.busRule(place, names.bus, rule)),
        account: place.account,
      });
    new Responder(this, `respond-${name}`, {
      ...shared,
      ...{ service: name, bus, patterns, code },
      state: ruleState(triggers),
      trust: responderTrust(place),
      permissions: responderPermissions({
        place,
        organization: configuration.organization.id,
        service: name,
        reads: reads.length > 0,
        repairing: repairing(service),
        key: shared.keyArn,
        logGroup: responderLogGroup(name),
      }),
      queuePolicy: delivered(names.queue(name)),
      deadLettersPolicy: delivered(responderDeadLetters(name)),
    });
  }
}
