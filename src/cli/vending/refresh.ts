import {
  type Configuration,
  formatSnapshot,
  loadConfiguration,
  readSnapshot,
  type SnapshotAccount,
  snapshotPath,
  withAccount,
  withoutAccount,
} from '#config';
import { UserError } from '#core';
import { awsOf } from '../aws-of';
import { writeAtomically } from '../files';
import type { Session } from '../session';

/** An account in the snapshot as it is now. */
export interface Refreshed {
  /** Absent where the account is not in the organization, or no longer. */
  readonly account: SnapshotAccount | undefined;
  /** With the account as it is now. */
  readonly configuration: Configuration;
}

/**
 * Reads one account from AWS into the snapshot, or takes it out where it has left.
 * @throws UserError where the id is none, or the credentials are of another organization
 */
export async function refreshAccount(
  session: Session,
  config: string,
  id: string,
): Promise<Refreshed> {
  if (!/^\d{12}$/.test(id)) throw new UserError(`${id} is no account id: it has twelve digits`);
  const file = snapshotPath(config);
  const snapshot = readSnapshot(file);
  const aws = await awsOf(session);
  const now = await aws.readAccount(aws.organizationClients(), id);
  if (now.organization !== snapshot.id)
    throw new UserError(
      `${file} is of ${snapshot.id}, but your credentials are of ${now.organization}`,
    );
  const after =
    now.account === undefined
      ? withoutAccount(snapshot, id)
      : withAccount(snapshot, now.account, now.units);
  const [before, text] = [formatSnapshot(snapshot), formatSnapshot(after)];
  if (text !== before) writeAtomically(file, text);
  return {
    account: now.account,
    configuration: loadConfiguration(config, session.guardrails),
  };
}
