import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import { names } from '#core';

export interface DecisionTableProps {
  readonly provider: AwsProvider;
  readonly keyArn: string;
}

/**
 * Decisions, claims and leases by `id`; what has an `expires` (seconds since 1970) goes then.
 * Protected from deletion; any second of the last 35 days can be restored.
 */
export class DecisionTable extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, { provider, keyArn }: DecisionTableProps) {
    super(scope, id);
    const table = new DynamodbTable(this, 'table', {
      provider,
      name: names.decisions,
      billingMode: 'PAY_PER_REQUEST',
      hashKey: 'id',
      attribute: [{ name: 'id', type: 'S' }],
      ttl: { attributeName: 'expires', enabled: true },
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: keyArn },
      deletionProtectionEnabled: true,
    });
    this.name = table.name;
  }
}
