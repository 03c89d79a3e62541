import { randomUUID } from 'node:crypto';
import type { Configuration } from '#config';
import { awsOf } from '../aws-of';
import { tell } from '../output';
import type { Session } from '../session';

/**
 * Has the decision that an account is not enrolled made anew. Where that cannot be asked for, the
 * account is vended or unvended all the same, and only the record of it stays behind.
 */
export async function askEnrolment(
  session: Session,
  { partition, roles, accounts, regions, parts }: Configuration,
  account: string,
): Promise<void> {
  const aws = await awsOf(session);
  const access = aws.accountAccess({ partition, roles, accounts, region: regions.home });
  try {
    await aws.requestEnrolment(access(parts.security, regions.home), account, randomUUID());
  } catch (error) {
    tell(session, `The record of its enrolment could not be renewed: ${error}`);
  }
}
