import { BatchImportFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { STSClient } from '@aws-sdk/client-sts';
import { names, roleArn } from '#core';
import type { Finding } from '#report/finding';
import { assumeRole } from './roles';

/** A client of Security Hub in an account and Region. */
export type SecurityHubIn = (account: string, region: string) => Pick<SecurityHubClient, 'send'>;

/** By the findings' role of each account: Security Hub takes a finding only from its own account. */
export const securityHubIn =
  (partition: string, sts: STSClient): SecurityHubIn =>
  (account, region) =>
    new SecurityHubClient({
      region,
      credentials: () =>
        assumeRole(sts, {
          RoleArn: roleArn(partition, account, names.findingsRole),
          RoleSessionName: names.securityHub,
        }),
    });

// https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html
const MOST_AT_ONCE = 100;

/** A finding and the message it came by. */
export interface Imported {
  readonly message: string;
  readonly finding: Finding;
}

/**
 * Imports findings, each into its own account and Region. One account that refuses does not keep
 * the others from theirs.
 * @returns the messages whose findings were not taken, each with the reason
 */
export async function importFindings(
  all: readonly Imported[],
  clientIn: SecurityHubIn,
): Promise<ReadonlyMap<string, string>> {
  const failed = new Map<string, string>();
  for (const group of groupsOf(all)) {
    const [first] = group;
    if (first === undefined) continue;
    const { AwsAccountId: account, Region: region } = first.finding;
    try {
      const { FailedFindings: refused = [] } = await clientIn(account, region).send(
        new BatchImportFindingsCommand({ Findings: group.map(({ finding }) => ({ ...finding })) }),
      );
      for (const { Id: id, ErrorMessage: why } of refused)
        for (const { message, finding } of group)
          if (finding.Id === id) failed.set(message, why ?? 'refused');
    } catch (error) {
      const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      for (const { message } of group) failed.set(message, why);
    }
  }
  return failed;
}

/** By account and Region, at most a hundred, and of one finding the last word only. */
function groupsOf(all: readonly Imported[]): readonly (readonly Imported[])[] {
  const latest = new Map<string, Imported>();
  for (const one of all) {
    const key = `${one.finding.AwsAccountId} ${one.finding.Region} ${one.finding.Id}`;
    const known = latest.get(key);
    if (known === undefined || known.finding.UpdatedAt <= one.finding.UpdatedAt)
      latest.set(key, one);
  }
  const places = new Map<string, Imported[]>();
  for (const one of latest.values()) {
    const place = `${one.finding.AwsAccountId} ${one.finding.Region}`;
    places.set(place, [...(places.get(place) ?? []), one]);
  }
  return [...places.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / MOST_AT_ONCE) }, (_, index) =>
      group.slice(index * MOST_AT_ONCE, (index + 1) * MOST_AT_ONCE),
    ),
  );
}
