import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { CloudwatchLogStream } from '@cdktf/provider-aws/lib/cloudwatch-log-stream';
import { KinesisFirehoseDeliveryStream } from '@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { names } from '#core';
import { MetricAlarm } from './metric-alarm';

export interface LakeStreamProps {
  readonly provider: AwsProvider;
  readonly of: 'events' | 'decisions';
  /** The folder of its rows in the lake, e.g. `class=2003`. */
  readonly folder: string;
  /** The lake's bucket, in the log-archive account. */
  readonly bucketArn: string;
  /** The one role that writes to the lake, and what must stand before it can. */
  readonly roleArn: string;
  readonly after: readonly ITerraformDependable[];
  /** The function that makes rows of records. */
  readonly rowsArn: string;
  readonly logGroup: string;
  readonly keyArn: string;
  readonly topicArn: string;
}

/**
 * A Firehose stream into the lake: our function shapes the rows, Firehose stays simple. No
 * conversion to Parquet here: it breaks on members that are text in one event and an object in the
 * next; `parapet lake compact` converts. The folder is named by the day of arrival, and
 * compaction files rows by the day they happened.
 */
export class LakeStream extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: LakeStreamProps) {
    super(scope, id);
    const { provider, of, folder, roleArn, rowsArn, keyArn } = props;
    const name = names.lakeStream(of);
    const logs = new CloudwatchLogGroup(this, 'logs', {
      ...{ provider, name: props.logGroup, retentionInDays: 365, kmsKeyId: keyArn },
    });
    const failures = new CloudwatchLogStream(this, 'failures', {
      ...{ provider, name: 'failures', logGroupName: logs.name },
    });
    const stream = new KinesisFirehoseDeliveryStream(this, 'stream', {
      provider,
      name,
      destination: 'extended_s3',
      serverSideEncryption: { enabled: true, keyType: 'CUSTOMER_MANAGED_CMK', keyArn },
      extendedS3Configuration: {
        bucketArn: props.bucketArn,
        roleArn,
        prefix: `${folder}/event_day=!{timestamp:yyyyMMdd}/`,
        errorOutputPrefix: `failed/!{firehose:error-output-type}/${folder}/!{timestamp:yyyyMMdd}/`,
        fileExtension: '.ndjson.gz',
        compressionFormat: 'GZIP',
        bufferingSize: 64,
        bufferingInterval: 300,
        cloudwatchLoggingOptions: {
          enabled: true,
          logGroupName: logs.name,
          logStreamName: failures.name,
        },
        processingConfiguration: {
          enabled: true,
          processors: [
            {
              type: 'Lambda',
              // Nothing that is the default: Terraform keeps none of it, and would add it at every
              // plan. That is the stream's role, 1 MB (an answer may have 6, and rows are larger than
              // records) and 60 seconds.
              parameters: [{ parameterName: 'LambdaArn', parameterValue: `${rowsArn}:$LATEST` }],
            },
          ],
        },
      },
      dependsOn: [...props.after],
    });
    this.arn = stream.arn;
    new MetricAlarm(this, 'age-alarm', {
      ...{ provider, name: `lake-${of}-age`, topicArn: props.topicArn, above: 1800 },
      description: `The lake lacks ${of} of the last half hour`,
      metric: {
        namespace: 'AWS/Firehose',
        name: 'DeliveryToS3.DataFreshness',
        dimensions: { DeliveryStreamName: name },
      },
    });
    new MetricAlarm(this, 'rows-alarm', {
      ...{ provider, name: `lake-${of}-rows`, topicArn: props.topicArn, above: 0 },
      description: `No rows could be made of some ${of}: they wait below failed/ in the lake`,
      statistic: 'Sum',
      metric: {
        // Of the function that makes rows: Firehose counts no rows that a function refused.
        namespace: 'Parapet',
        name: 'RowsRefused',
        dimensions: { service: `lake-${of}` },
      },
    });
  }
}
