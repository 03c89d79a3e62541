import { paginateListRegions } from '@aws-sdk/client-account';
import type { OrganizationClients } from './clients';
import { OrganizationUnreadable } from './errors';

/**
 * The Regions that are on in an account. The API refuses the caller's own id and wants none then.
 * https://docs.aws.amazon.com/accounts/latest/reference/API_ListRegions.html
 * @throws OrganizationUnreadable where trusted access or the permission is missing.
 */
export async function enabledRegions(
  clients: OrganizationClients,
  accountId: string,
  caller: string,
): Promise<readonly string[]> {
  const pages = paginateListRegions(
    { client: clients.account },
    {
      ...(accountId === caller ? {} : { AccountId: accountId }),
      RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'],
    },
  );
  const names: string[] = [];
  try {
    for await (const page of pages)
      for (const { RegionName } of page.Regions ?? []) if (RegionName) names.push(RegionName);
  } catch (cause) {
    if (!(cause instanceof Error && cause.name === 'AccessDeniedException')) throw cause;
    throw new OrganizationUnreadable(
      [
        `The Regions of account ${accountId} cannot be read: ${cause.message}`,
        'Use the management account or a delegated administrator for Account Management,',
        'allow it account:ListRegions, and turn trusted access on, once per organization:',
        '  aws organizations enable-aws-service-access --service-principal account.amazonaws.com',
      ].join('\n'),
      { cause },
    );
  }
  return names;
}
