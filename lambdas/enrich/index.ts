import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { askDirectory } from '#aws/directory';
import { ENROLMENT, type Json } from '#core';
import { guardrails } from '#policies/guardrails/index';
import { accountOf, decisionIn, type Notice, noticeOf } from '#report/notice';

const titles = new Map(
  [...guardrails, ENROLMENT].map(({ id, title, severity }) => [id, { title, severity }]),
);
const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/**
 * Array in, array out, as pipes want it: each decision becomes a notice with the account's name, OU
 * path and owner. What is unknown or unreadable says so; a pipe that fails would tell nobody.
 */
export async function handler(handed: readonly Json[]): Promise<readonly Notice[]> {
  const table = process.env.PARAPET_DIRECTORY_TABLE ?? '';
  return Promise.all(
    handed.map(async (one) => {
      const decision = decisionIn(one);
      const directory = await askDirectory(dynamo, table, accountOf(decision));
      return noticeOf(decision, { directory, titles });
    }),
  );
}
