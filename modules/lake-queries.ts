import { AthenaNamedQuery } from '@cdktf/provider-aws/lib/athena-named-query';
import { AthenaWorkgroup } from '@cdktf/provider-aws/lib/athena-workgroup';
import { GlueCatalogDatabase } from '@cdktf/provider-aws/lib/glue-catalog-database';
import { GlueCatalogTable } from '@cdktf/provider-aws/lib/glue-catalog-table';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { Construct } from 'constructs';
import { names } from '#core';
import { PrivateBucket } from './private-bucket';

/** A table over one folder of the lake. */
export interface LakeTable {
  readonly name: string;
  readonly description: string;
  /** Where its days lie, e.g. `s3://bucket/class=2003`. */
  readonly location: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

export interface LakeQueriesProps {
  readonly provider: AwsProvider;
  readonly keyArn: string;
  readonly tables: readonly LakeTable[];
  readonly queries: readonly {
    readonly name: string;
    readonly description: string;
    readonly sql: string;
  }[];
  /** The bucket for answers. */
  readonly answers: { readonly name: string; readonly policy: object };
  /** The first day of the lake, `YYYYMMDD`. @default '20260101' */
  readonly firstDay?: string;
  /** What one query may read, bytes. @default 10 GiB */
  readonly mostBytes?: number;
}

const ANSWERS_KEPT_DAYS = 30;

/**
 * The lake as tables, and a workgroup to ask them: no crawler, the days are computed. Where
 * answers go, how they are encrypted and how much a query may read cannot be changed by who asks.
 */
export class LakeQueries extends Construct {
  constructor(scope: Construct, id: string, props: LakeQueriesProps) {
    super(scope, id);
    const { provider, keyArn, tables, queries } = props;
    const database = new GlueCatalogDatabase(this, 'database', {
      ...{ provider, name: names.lakeDatabase, description: 'Events and decisions of Parapet' },
    });
    for (const table of tables) this.table(table, database.name, props);
    const answers = new PrivateBucket(this, 'answers', { provider, keyArn, ...props.answers });
    new S3BucketLifecycleConfiguration(this, 'answers-lifecycle', {
      provider,
      bucket: answers.name,
      rule: [
        {
          id: 'answers-go',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          expiration: [{ days: ANSWERS_KEPT_DAYS }],
          noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
        },
      ],
    });
    const workgroup = new AthenaWorkgroup(this, 'workgroup', {
      provider,
      name: names.lakeWorkgroup,
      description: 'Questions to the lake of Parapet',
      configuration: {
        enforceWorkgroupConfiguration: true,
        publishCloudwatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: props.mostBytes ?? 10 * 1024 ** 3,
        resultConfiguration: {
          outputLocation: `s3://${answers.name}/`,
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKeyArn: keyArn },
        },
      },
    });
    for (const { name, description, sql } of queries)
      new AthenaNamedQuery(this, `query-${name.replaceAll('_', '-')}`, {
        ...{ provider, name, description, query: sql },
        ...{ database: database.name, workgroup: workgroup.name },
      });
  }

  private table(table: LakeTable, databaseName: string, props: LakeQueriesProps): void {
    const { name, description, location, columns } = table;
    new GlueCatalogTable(this, `table-${name}`, {
      ...{ provider: props.provider, name, description, databaseName },
      tableType: 'EXTERNAL_TABLE',
      partitionKeys: [{ name: 'event_day', type: 'string' }],
      parameters: {
        EXTERNAL: 'TRUE',
        classification: 'json',
        'projection.enabled': 'true',
        'projection.event_day.type': 'date',
        'projection.event_day.format': 'yyyyMMdd',
        'projection.event_day.range': `${props.firstDay ?? '20260101'},NOW`,
        'projection.event_day.interval': '1',
        'projection.event_day.interval.unit': 'DAYS',
        // Escaped: Athena computes it, not Terraform.
        'storage.location.template': `${location}/event_day=$\${event_day}/`,
      },
      storageDescriptor: {
        location: `${location}/`,
        inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
        outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
        serDeInfo: {
          name: 'json',
          serializationLibrary: 'org.openx.data.jsonserde.JsonSerDe',
          // A line that somebody else wrote is a row of nulls, not the end of the query.
          parameters: { 'ignore.malformed.json': 'true' },
        },
        columns: [...columns],
      },
    });
  }
}
