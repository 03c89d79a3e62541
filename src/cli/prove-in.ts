import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Proof } from '#aws/prove/index';
import { type Configuration, deploymentOf } from '#config';
import { modeOf, nameOf, names, textAt, UserError } from '#core';
import { forwardingRuleOf } from '#stacks/forwarding';
import { awsOf } from './aws-of';
import { type paint, table } from './output';
import type { Session } from './session';

export interface ProofWanted {
  readonly configuration: Configuration;
  readonly account: string;
  readonly region: string;
  readonly seconds: number;
  readonly lakeSeconds: number;
  /** An account that was just enrolled is in no responder's list yet. */
  readonly isResponderWaitedFor: boolean;
}

const MAKES_QUEUES = { source: 'sqs.amazonaws.com', name: 'CreateQueue' };

/**
 * Makes and follows the harmless call.
 * @throws UserError where the account or its Region is none that is governed
 */
export async function proveIn(session: Session, wanted: ProofWanted): Promise<Proof> {
  const { configuration, account: id, region, seconds, lakeSeconds } = wanted;
  const { partition, parts, regions, roles, accounts, settings } = configuration;
  const account = accounts.find((one) => one.id === id);
  if (account === undefined)
    throw new UserError(
      `account ${id} is no active account of the snapshot; run \`parapet org sync\``,
    );
  if (!account.regions.includes(region))
    throw new UserError(
      `${region} is not governed in account ${id}; governed there: ${account.regions.join(', ')}`,
    );
  const deployment = deploymentOf(configuration);
  const judging = session.guardrails.filter(
    (guardrail) =>
      modeOf(deployment, guardrail.id, account).mode !== 'off' &&
      guardrail.triggers.some(
        ({ operation: { trail } }) =>
          trail.source === MAKES_QUEUES.source && trail.names.includes(MAKES_QUEUES.name),
      ),
  );
  const aws = await awsOf(session);
  return aws.prove({
    ...{ account: id, region, mark: randomBytes(6).toString('hex') },
    security: { partition, account: parts.security, region: regions.home },
    rule: forwardingRuleOf(configuration, session.guardrails, { region, ...MAKES_QUEUES }),
    logGroup: names.busLog,
    lake: { account: parts.logArchive, bucket: names.lakeBucket(parts.logArchive, regions.home) },
    guardrails: wanted.isResponderWaitedFor ? judging.map((guardrail) => guardrail.id) : undefined,
    // A queue that has its tags is none that a guardrail must mend.
    tags: Object.fromEntries(
      judging.flatMap((guardrail) =>
        ['owner', 'creator'].flatMap((name) => {
          const key = textAt(settings[guardrail.id], name);
          return key === undefined ? [] : [[key, nameOf('prove')]];
        }),
      ),
    ),
    ...{ waitMs: seconds * 1000, lakeWaitMs: lakeSeconds * 1000 },
    access: aws.accountAccess({ partition, roles, accounts, region: regions.home }),
    now: () => new Date(),
    sleep: setTimeout,
  });
}

const MARKS = {
  ...{ seen: 'green', passed: 'green', off: 'dim', 'not waited for': 'dim' },
  ...{ lost: 'red', unknown: 'yellow' },
} as const satisfies Record<Proof['hops'][number]['state'], 'green' | 'dim' | 'red' | 'yellow'>;

/** Each hop with its time, and where it was lost. */
export function proofText(proof: Proof, style: ReturnType<typeof paint>): string {
  const rows = proof.hops.map(({ hop, state, milliseconds, because }) => [
    hop,
    style(MARKS[state], state),
    milliseconds === undefined ? '' : `${(milliseconds / 1000).toFixed(1)} s`,
    because ?? '',
  ]);
  const lost = proof.hops.find(({ state }) => state === 'lost');
  const verdict = proof.isProven
    ? `Proven: a call in ${proof.account}, ${proof.region}, is seen.`
    : `Not proven${lost ? `: it was lost at the ${lost.hop}` : ''}.`;
  return [table(rows), '', verdict, ...(proof.left ? [`${proof.queue}: ${proof.left}`] : [])].join(
    '\n',
  );
}
