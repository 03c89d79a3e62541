import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  type STSClient,
} from '@aws-sdk/client-sts';
import type { Credentials } from './sdk';

/** The shortest session STS gives, seconds. */
const SESSION_SECONDS = 900;

/** Assumes a role, for the fifteen minutes that are the least STS gives. */
export async function assumeRole(
  sts: STSClient,
  input: Omit<AssumeRoleCommandInput, 'DurationSeconds'>,
): Promise<Credentials> {
  const { Credentials: given } = await sts.send(
    new AssumeRoleCommand({ ...input, DurationSeconds: SESSION_SECONDS }),
  );
  if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken || !given.Expiration)
    throw new Error(`STS gave no credentials for ${input.RoleArn}`);
  return {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    sessionToken: given.SessionToken,
    expiration: given.Expiration,
  };
}
