import type { AccountAccess } from '../accounts';
import { codeOf } from '../answer';
import { makeHarmlessCall } from './harmless-call';
import { type Hop, type Sightings, wayOf } from './hop';
import { inDecisions, inLake, inLogGroup, inTrail, type Sight } from './look';
import { memberSide } from './why-lost';

export type { Hop } from './hop';

export interface Proof {
  readonly account: string;
  readonly region: string;
  readonly queue: string;
  readonly hops: readonly Hop[];
  /** Whether it was seen at every hop that was waited for. */
  readonly isProven: boolean;
  /** Why the queue is still there; absent where it is gone. */
  readonly left?: string;
}

export interface ProofOptions {
  readonly account: string;
  readonly region: string;
  readonly security: {
    readonly partition: string;
    readonly account: string;
    readonly region: string;
  };
  /** The name of the rule that forwards the call, where any does. */
  readonly rule: string | undefined;
  readonly logGroup: string;
  readonly lake: { readonly account: string; readonly bucket: string };
  /** Those that judge a new queue, and are on in that account; undefined: not waited for. */
  readonly guardrails: readonly string[] | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly mark: string;
  readonly waitMs: number;
  /** Milliseconds to wait for the lake, which takes minutes; 0: not at all. */
  readonly lakeWaitMs: number;
  readonly access: AccountAccess;
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<unknown>;
}

const ASK_AGAIN_MS = 2000;

/** Makes a harmless call in an account's Region and follows it to where events end. */
export async function prove(options: ProofOptions): Promise<Proof> {
  const { account, region, access } = options;
  const call = await makeHarmlessCall(options);
  let sightings: Sightings = { call: { state: 'seen', at: call.called, because: call.queue } };
  let left: string | undefined;
  try {
    sightings = { ...sightings, ...(await follow(call, options)) };
  } finally {
    left = await call.undo().then(
      () => undefined,
      (error) => `the queue could not be deleted: ${codeOf(error)}`,
    );
  }
  if (isLostBeforeTheBus(sightings)) {
    const side = await memberSide(
      access(account, region),
      { bus: options.security, rule: options.rule },
      call.called,
    );
    const waits = side.deadLetters
      ? `; ${side.deadLetters} events wait in its dead-letter queue`
      : '';
    const isSent = side.rule.isGood && sightings.trail?.state === 'seen';
    sightings = {
      ...sightings,
      rule: {
        state: side.rule.isGood ? (isSent ? 'passed' : 'unknown') : 'lost',
        because: side.rule.because,
      },
      ...(isSent ? { bus: { state: 'lost', because: `it did not arrive${waits}` } } : {}),
    };
  }
  const hops = wayOf(call.called, sightings);
  const isProven = hops.every(({ state }) => state !== 'lost' && state !== 'unknown');
  return {
    ...{ account, region, queue: call.queue, hops, isProven },
    ...(left === undefined ? {} : { left }),
  };
}

const isLostBeforeTheBus = (seen: Sightings): boolean =>
  (['log group', 'responder', 'lake'] as const).every((hop) => seen[hop]?.state !== 'seen');

const RESPONDER_NOT_WAITED_FOR = {
  state: 'not waited for',
  because: 'it learns of the account by the next deployment of security',
} as const;
const NO_RESPONDER = {
  state: 'off',
  because: 'no guardrail that is on here judges a new queue',
} as const;

interface Called {
  readonly queue: string;
  readonly arn: string;
  readonly called: Date;
}

async function follow(call: Called, options: ProofOptions): Promise<Sightings> {
  const { account, region, security, access, logGroup, guardrails, lake } = options;
  const central = access(security.account, security.region);
  let eventID: string | undefined;
  let isOnTheBus = false;
  const known = (sight: Sight | undefined): Sight | undefined => {
    eventID ??= sight?.eventID;
    return sight;
  };
  const [trail, log, responder] = await Promise.all([
    watched(
      // The history is minutes behind the bus: what the bus has seen needs no other witness.
      { ...options, isMoot: () => isOnTheBus },
      async () => known(await inTrail(access(account, region), call)),
    ),
    watched(options, async () => {
      const sight = known(await inLogGroup(central, { ...call, group: logGroup }));
      isOnTheBus ||= sight !== undefined;
      return sight;
    }),
    guardrails === undefined
      ? RESPONDER_NOT_WAITED_FOR
      : guardrails.length === 0
        ? NO_RESPONDER
        : watched(options, async () => {
            if (eventID === undefined) return undefined;
            return inDecisions(central, { eventID, account, guardrails, arn: call.arn });
          }),
  ]);
  const bucket = { ...call, bucket: lake.bucket };
  return {
    ...{ trail, 'log group': log, responder },
    lake:
      options.lakeWaitMs === 0
        ? { state: 'not waited for', because: 'its stream writes every few minutes' }
        : await watched({ ...options, waitMs: options.lakeWaitMs }, () =>
            inLake(access(lake.account, security.region), bucket),
          ),
  };
}

/** Asks until something is seen, it is refused, or the time is over. */
async function watched(
  {
    waitMs,
    now,
    sleep,
    isMoot = () => false,
  }: Pick<ProofOptions, 'waitMs' | 'now' | 'sleep'> & { readonly isMoot?: () => boolean },
  look: () => Promise<Sight | undefined>,
): Promise<NonNullable<Sightings[Hop['hop']]>> {
  const until = now().getTime() + waitMs;
  for (;;) {
    try {
      const sight = await look();
      if (sight) {
        const { at, because } = sight;
        return { state: 'seen', at, ...(because === undefined ? {} : { because }) };
      }
    } catch (error) {
      const code = codeOf(error);
      if (/ResourceNotFound|NoSuchBucket/.test(code))
        return { state: 'off', because: 'there is none' };
      if (!/Throttl|TooManyRequests/i.test(code))
        return { state: 'unknown', because: `it could not be looked at: ${code}` };
    }
    if (isMoot() || now().getTime() >= until)
      return { state: 'lost', because: `not seen within ${Math.round(waitMs / 1000)} s` };
    await sleep(ASK_AGAIN_MS);
  }
}
