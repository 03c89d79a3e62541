import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { textAt } from '#core';
import type { DirectoryAnswer } from '#report/notice';

/** Asks the directory of accounts. It answers whatever happens: people must be told in any case. */
export async function askDirectory(
  dynamo: DynamoDBDocumentClient,
  table: string,
  account: string,
): Promise<DirectoryAnswer> {
  try {
    const { Item: item } = await dynamo.send(
      new GetCommand({ TableName: table, Key: { account: account || '-' } }),
    );
    const [name, ouPath] = [textAt(item, 'name'), textAt(item, 'ouPath')];
    if (name === undefined || ouPath === undefined) return { kind: 'unknown' };
    const owner = textAt(item, 'owner');
    return { kind: 'known', name, ouPath, ...(owner === undefined ? {} : { owner }) };
  } catch {
    return { kind: 'unasked' };
  }
}
