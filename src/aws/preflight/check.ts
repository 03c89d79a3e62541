import type { Configuration, Snapshot } from '#config';
import type { AnyGuardrail } from '#core';
import type { AccountAccess } from '../accounts';
import { codeOf } from '../answer';
import type { OrganizationClients } from '../organization/clients';
import type { Finding } from './finding';

/** All that a check may use. */
export interface Looking {
  readonly configuration: Configuration;
  readonly snapshot: Snapshot;
  readonly guardrails: readonly AnyGuardrail[];
  /** With the caller's own credentials. */
  readonly organization: OrganizationClients;
  /** In accounts, by the deployment's role. */
  readonly access: AccountAccess;
}

export interface Check {
  readonly id: string;
  /** What looking takes, as IAM names it. */
  readonly permissions: readonly string[];
  /** Whose permissions these are. */
  readonly by: string;
  look(looking: Looking): Promise<readonly Omit<Finding, 'check'>[]>;
}

const DENIED = /AccessDenied|Unauthorized|NotAuthorized|Forbidden/i;
/** Nothing at all can be looked at then. */
const NO_CREDENTIALS =
  /CredentialsProvider|ExpiredToken|InvalidClientTokenId|SignatureDoes|UnrecognizedClient/i;

/**
 * Runs a check. One that may not look says which permission it wants.
 * @throws the SDK's error where the caller has no valid credentials
 */
export async function looked(check: Check, looking: Looking): Promise<readonly Finding[]> {
  const { id } = check;
  try {
    return (await check.look(looking)).map((finding) => ({ check: id, ...finding }));
  } catch (error) {
    return [{ check: id, ...refused(error, check) }];
  }
}

/**
 * A refusal as a finding.
 * @throws what is no refusal of this one thing
 */
export function refused(
  error: unknown,
  { permissions, by }: Pick<Check, 'permissions' | 'by'>,
  what = 'this',
): Omit<Finding, 'check'> {
  const code = codeOf(error);
  if (NO_CREDENTIALS.test(code)) throw error;
  if (!(error instanceof Error) || !('$metadata' in error)) throw error;
  const isDenied = DENIED.test(code);
  return {
    level: 'unknown',
    found: `${what} could not be checked: ${code}: ${error.message}`,
    remedy: isDenied
      ? `allow ${permissions.join(', ')} to ${by}`
      : 'run it again; if it stays, look into what AWS answered',
  };
}
