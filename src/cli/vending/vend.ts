import type { Proof } from '#aws/prove/index';
import type { Configuration, SnapshotAccount } from '#config';
import { ParapetError, UserError } from '#core';
import type { StackEnd } from '../deploy/run';
import { type Approval, deployWanted } from '../deploy/verb';
import { tell } from '../output';
import { proveIn } from '../prove-in';
import type { Session } from '../session';
import { askEnrolment } from './enrolment';
import { refreshAccount } from './refresh';

export interface VendOptions {
  readonly config: string;
  readonly account: string;
  readonly approval: Approval;
  /** Accounts directly below the root have no OU's modes and policies: an oversight, mostly. */
  readonly isRootAllowed: boolean;
  readonly isProofWanted: boolean;
  readonly proofSeconds: number;
}

/** What became of an account that was vended. */
export interface Vended {
  readonly account: string;
  readonly name: string;
  readonly ouPath: string;
  readonly regions: readonly string[];
  readonly stack: StackEnd | undefined;
  /** One for each governed Region; none where the proof was not wanted or not reached. */
  readonly proofs: readonly Proof[];
  /** Where it is now, if it was moved meanwhile. */
  readonly movedTo?: string;
  readonly isVended: boolean;
}

/** The account changed in a way that vending cannot go on with. */
export class VendingOverrun extends ParapetError {
  readonly code = 'vending-overrun';
}

const stackOf = (account: string): string => `member-${account}`;

/**
 * Enrols one account: snapshot, stack, proof. Done twice it changes nothing the second time.
 * @throws UserError where the account cannot be enrolled; VendingOverrun where it was suspended or
 *   left while it was being vended
 */
export async function vend(session: Session, options: VendOptions): Promise<Vended> {
  const { config, account: id, approval } = options;
  tell(session, `Reading account ${id}…`);
  const { account, configuration } = await refreshAccount(session, config, id);
  const here = enrollable(id, account, { ...options, configuration });
  const deployed = await deployWanted(session, {
    ...{ configuration, direction: 'deploy', stacks: [stackOf(id)], parallel: 1 },
    ...{ isResumed: false, approval, progress: 'vend.json' },
  });
  const [stack] = deployed.stacks;
  const isDeployed = stack?.end === 'deployed' || stack?.end === 'unchanged';
  const regions = configuration.accounts.find((one) => one.id === id)?.regions ?? [];
  const proofs =
    isDeployed && options.isProofWanted
      ? await Promise.all(
          regions.map((region) => provenIn(session, { ...options, configuration, region })),
        )
      : [];
  const movedTo = await movedSince(session, config, here);
  const isVended = isDeployed && proofs.every(isOnTheBus);
  if (isVended) await askEnrolment(session, configuration, id);
  return {
    ...{ account: id, name: here.name, ouPath: here.ouPath, regions, stack, proofs },
    ...(movedTo === undefined ? {} : { movedTo }),
    isVended,
  };
}

function enrollable(
  id: string,
  account: SnapshotAccount | undefined,
  { isRootAllowed, configuration }: VendOptions & { readonly configuration: Configuration },
): SnapshotAccount {
  if (account === undefined)
    throw new UserError(
      `account ${id} is not in the organization ${configuration.organization.id}`,
    );
  if (account.status !== 'ACTIVE')
    throw new UserError(`account ${id} is ${account.status}: only an active account can be vended`);
  const isPart = Object.values(configuration.parts).includes(id);
  if (account.ouPath === '/' && !isPart && !isRootAllowed)
    throw new UserError(
      `account ${id} lies in no OU: move it into one, so that its modes and policies are right, or say --in-root`,
    );
  if (configuration.accounts.every((one) => one.id !== id || one.regions.length === 0))
    throw new UserError(`no Region that is governed is enabled in account ${id}`);
  return account;
}

/** New rules take a moment until events reach them, and a call before that is never seen. */
const TRIES = 3;

async function provenIn(
  session: Session,
  options: VendOptions & { readonly configuration: Configuration; readonly region: string },
): Promise<Proof> {
  const { configuration, account, region, proofSeconds: seconds } = options;
  for (let tried = 1; ; tried++) {
    tell(session, `Making a harmless call in ${account}, ${region}…`);
    const proof = await proveIn(session, {
      ...{ configuration, account, region, seconds, lakeSeconds: 0 },
      isResponderWaitedFor: false,
    });
    if (isOnTheBus(proof) || tried === TRIES) return proof;
  }
}

const isOnTheBus = ({ hops }: Proof): boolean =>
  hops.some(({ hop, state }) => hop === 'bus' && (state === 'seen' || state === 'passed'));

/** The OU path it has now, where that is another one; the snapshot has it then. */
async function movedSince(
  session: Session,
  config: string,
  before: SnapshotAccount,
): Promise<string | undefined> {
  const { account } = await refreshAccount(session, config, before.id);
  if (account === undefined || account.status !== 'ACTIVE')
    throw new VendingOverrun(
      `account ${before.id} ${account === undefined ? 'left the organization' : `is ${account.status}`} while it was being vended; run \`parapet unvend ${before.id}\``,
    );
  return account.ouPath === before.ouPath ? undefined : account.ouPath;
}
