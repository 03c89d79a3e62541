import { KinesisStream } from '@cdktf/provider-aws/lib/kinesis-stream';
import { LambdaEventSourceMapping } from '@cdktf/provider-aws/lib/lambda-event-source-mapping';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import { names } from '#core';
import { type FunctionProps, NodeFunction } from './function';
import { MetricAlarm } from './metric-alarm';
import { PrivateBucket } from './private-bucket';

export interface SiemProps {
  readonly provider: AwsProvider;
  readonly keyArn: string;
  readonly topicArn: string;
  /** The bucket for what the receiver refused for good. */
  readonly refused: { readonly name: string; readonly policy: object };
  readonly forwarder: Pick<FunctionProps, 'code' | 'environment' | 'trust' | 'permissions'>;
}

/** A day: as long as a receiver may be away before records are set aside in the bucket. */
const OLDEST_SECONDS = 86_400;

/**
 * The stream of all that the security bus sees, and the function that forwards it. Records keep
 * their order within an account; one that cannot be delivered is split off by bisection, and after
 * a finite time set aside in a bucket with its payload: a queue would get only its place in the
 * stream.
 */
export class Siem extends Construct {
  readonly streamArn: string;

  constructor(scope: Construct, id: string, props: SiemProps) {
    super(scope, id);
    const { provider, keyArn, topicArn } = props;
    const stream = new KinesisStream(this, 'stream', {
      provider,
      name: names.siemStream,
      streamModeDetails: { streamMode: 'ON_DEMAND' },
      // Twice as long as a record may wait: a forwarder that fails on a Friday loses nothing.
      retentionPeriod: (2 * OLDEST_SECONDS) / 3600,
      encryptionType: 'KMS',
      kmsKeyId: keyArn,
    });
    this.streamArn = stream.arn;
    const refused = new PrivateBucket(this, 'refused', { provider, keyArn, ...props.refused });
    const forwarder = new NodeFunction(this, 'forwarder', {
      ...{ provider, keyArn, name: names.siemForwarder },
      description: 'forwards events and decisions to the SIEM',
      ...props.forwarder,
      timeoutSeconds: 120,
      memoryMegabytes: 512,
      environment: { ...props.forwarder.environment, PARAPET_REFUSED_BUCKET: refused.name },
    });
    new LambdaEventSourceMapping(this, 'mapping', {
      provider,
      eventSourceArn: stream.arn,
      functionName: forwarder.arn,
      startingPosition: 'TRIM_HORIZON',
      batchSize: 500,
      maximumBatchingWindowInSeconds: 5,
      functionResponseTypes: ['ReportBatchItemFailures'],
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: 1000,
      maximumRecordAgeInSeconds: OLDEST_SECONDS,
      destinationConfig: { onFailure: { destinationArn: refused.arn } },
    });
    this.alarms(provider, topicArn);
  }

  private alarms(provider: AwsProvider, topicArn: string): void {
    const of = { FunctionName: names.siemForwarder };
    new MetricAlarm(this, 'age-alarm', {
      ...{ provider, topicArn, name: 'siem-age', above: 15 * 60_000 },
      description: 'The SIEM is more than fifteen minutes behind',
      metric: { namespace: 'AWS/Lambda', name: 'IteratorAge', dimensions: of },
    });
    new MetricAlarm(this, 'lost-alarm', {
      ...{ provider, topicArn, name: 'siem-lost', above: 0, statistic: 'Sum' },
      description: 'Records that waited too long could not be set aside: look into the stream',
      metric: { namespace: 'AWS/Lambda', name: 'DestinationDeliveryFailures', dimensions: of },
    });
    // What the forwarder counts itself.
    const service = { service: 'forward-siem' };
    new MetricAlarm(this, 'refused-alarm', {
      ...{ provider, topicArn, name: 'siem-refused', above: 0, statistic: 'Sum' },
      description: 'The SIEM refused records for good: they lie in the bucket of refused records',
      metric: { namespace: 'Parapet', name: 'RecordsRefused', dimensions: service },
    });
    new MetricAlarm(this, 'circuit-alarm', {
      ...{ provider, topicArn, name: 'siem-circuit', above: 0 },
      description: 'The SIEM does not accept the secret or the address: nothing is sent',
      metric: { namespace: 'Parapet', name: 'CircuitOpen', dimensions: service },
    });
  }
}
