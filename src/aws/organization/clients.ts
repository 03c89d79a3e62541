import { AccountClient } from '@aws-sdk/client-account';
import { OrganizationsClient, type OrganizationsClientConfig } from '@aws-sdk/client-organizations';
import { STSClient } from '@aws-sdk/client-sts';

/** The three services that together know an organization. */
export interface OrganizationClients {
  readonly organizations: OrganizationsClient;
  readonly account: AccountClient;
  readonly sts: STSClient;
}

/**
 * Clients with the caller's own credentials, unless others are given. Organizations and Account Management are global: their
 * one endpoint of the partition is reached through us-east-1. Both throttle early, hence the attempts.
 */
export function organizationClients(
  options: Pick<OrganizationsClientConfig, 'credentials' | 'endpoint'> = {},
): OrganizationClients {
  const configuration = {
    ...options,
    region: 'us-east-1',
    retryMode: 'adaptive',
    maxAttempts: 12,
  } as const;
  return {
    organizations: new OrganizationsClient(configuration),
    account: new AccountClient(configuration),
    sts: new STSClient(configuration),
  };
}
