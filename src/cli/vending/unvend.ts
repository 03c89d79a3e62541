import { UserError } from '#core';
import type { StackEnd } from '../deploy/run';
import { type Approval, deployWanted } from '../deploy/verb';
import type { Session } from '../session';
import { askEnrolment } from './enrolment';
import { refreshAccount } from './refresh';

/** What became of an account that was taken out. */
export interface Unvended {
  readonly account: string;
  /** Its state in the organization, or that it has left. */
  readonly status: string;
  readonly stack?: StackEnd;
  /** Why its resources could not be removed. */
  readonly left?: string;
  readonly isUnvended: boolean;
}

/**
 * Removes an account's stack while it can still be reached; of one that has left or is suspended only
 * the snapshot is put right. Done twice it changes nothing the second time.
 * @throws UserError where the account is one of the platform's own
 */
export async function unvend(
  session: Session,
  {
    config,
    account: id,
    approval,
  }: { readonly config: string; readonly account: string; readonly approval: Approval },
): Promise<Unvended> {
  const { account, configuration } = await refreshAccount(session, config, id);
  const part = Object.entries(configuration.parts).find(([, owner]) => owner === id)?.[0];
  if (part !== undefined)
    throw new UserError(
      `account ${id} is the ${part} account; \`parapet remove\` removes the platform`,
    );
  if (account?.status !== 'ACTIVE')
    return {
      account: id,
      status: account?.status ?? 'LEFT',
      left: `its roles and rules can no longer be reached; they send nothing that the bus would take, and member-${id}.tfstate can be archived`,
      isUnvended: true,
    };
  const deployed = await deployWanted(session, {
    ...{ configuration, direction: 'remove', stacks: [`member-${id}`], parallel: 1 },
    ...{ isResumed: false, approval, progress: 'vend.json' },
  });
  const [stack] = deployed.stacks;
  const isUnvended = stack?.end === 'removed' || stack?.end === 'unchanged';
  if (isUnvended) await askEnrolment(session, configuration, id);
  return {
    ...{ account: id, status: account.status },
    ...(stack === undefined ? {} : { stack }),
    isUnvended,
  };
}
