import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { DynamodbTableItem } from '@cdktf/provider-aws/lib/dynamodb-table-item';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import { names } from '#core';
import { literal } from './literal';

/** The key of the directory's entries. */
const KEY = 'account';

export interface DirectoryProps {
  readonly provider: AwsProvider;
  readonly keyArn: string;
}

/** The accounts' names, OU paths and owners, by account id. Each member stack writes its own entry. */
export class Directory extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, { provider, keyArn }: DirectoryProps) {
    super(scope, id);
    const table = new DynamodbTable(this, 'table', {
      provider,
      name: names.directory,
      billingMode: 'PAY_PER_REQUEST',
      hashKey: KEY,
      attribute: [{ name: KEY, type: 'S' }],
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: keyArn },
    });
    this.name = table.name;
  }
}

export interface DirectoryEntryProps {
  /** Of the security account's home Region. */
  readonly provider: AwsProvider;
  readonly account: string;
  readonly name: string;
  readonly ouPath: string;
  /** @default nobody is named */
  readonly owner?: string | undefined;
}

/** One account's entry; it goes with the account's stack. */
export class DirectoryEntry extends Construct {
  constructor(scope: Construct, id: string, props: DirectoryEntryProps) {
    super(scope, id);
    const { provider, account, name, ouPath, owner } = props;
    const texts = { [KEY]: account, name, ouPath, ...(owner === undefined ? {} : { owner }) };
    const item = Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, { S: text }]));
    new DynamodbTableItem(this, 'item', {
      ...{ provider, tableName: names.directory, hashKey: KEY },
      // Names are chosen by others.
      item: literal(JSON.stringify(item)),
    });
  }
}
