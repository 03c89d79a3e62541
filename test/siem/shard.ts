import type { SiemReceiver } from '#core/siem-receiver';
import {
  forwarder,
  httpSender,
  protocolOf,
  type Refusal,
  type SiemPorts,
  type StreamRecord,
} from '#siem';
import type { ProtocolName } from '../siem-sim/protocols';
import type { Sim } from '../siem-sim/siem-sim';

export const START = Date.parse('2026-11-21T10:00:05Z');

/** What stands in Secrets Manager, and what a receiver of that protocol knows. */
export const SECRETS: Readonly<
  Record<ProtocolName, { readonly kept: string; readonly known: string }>
> = {
  'splunk-hec': { kept: 'b5f3e1c2-token', known: 'b5f3e1c2-token' },
  bulk: { kept: '{"apiKey":"VnVhQ2ZHY0JDZGJrUW0"}', known: 'VnVhQ2ZHY0JDZGJrUW0' },
  webhook: {
    kept: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqr',
    known: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqr',
  },
};

/** A clock that only sleeping, and waiting in vain, moves. */
export function virtualClock(start = START) {
  const clock = { now: start, slept: [] as number[] };
  return clock;
}

export interface Setup {
  readonly protocol: ProtocolName;
  readonly sim: Pick<Sim, 'url'>;
  readonly clock: ReturnType<typeof virtualClock>;
  readonly changes?: Partial<SiemReceiver>;
  /** In real milliseconds: what counts as hanging. @default 5000 */
  readonly patienceMs?: number;
  readonly ports?: Partial<SiemPorts>;
}

/** A forwarder on real HTTP and virtual time, with its refusals and its secret within reach. */
export function forwarderTo(setup: Setup) {
  const { protocol, sim, clock, changes = {}, patienceMs = 5_000, ports = {} } = setup;
  const receiver = {
    ...{ protocol, url: sim.url, secret: 'siem', gzip: true, index: 'logs-parapet-default' },
    ...changes,
  } as SiemReceiver;
  const sender = httpSender({ longestAnswer: 200_000 });
  const refused = new Map<string, Refusal>();
  const secret = { now: SECRETS[protocol].kept, remembered: SECRETS[protocol].kept, asked: 0 };
  const forward = forwarder(protocolOf(receiver), {
    async send(request, withinMs) {
      const sent = await sender.send(request, Math.min(withinMs, patienceMs));
      const isLate = sent.kind === 'unanswered' && sent.why === 'timeout';
      clock.now += isLate ? withinMs : 5;
      return sent;
    },
    now: () => clock.now,
    async sleep(ms) {
      clock.slept.push(ms);
      clock.now += ms;
    },
    random: () => 0.5,
    secret: async () => secret.remembered,
    async freshSecret() {
      secret.asked += 1;
      secret.remembered = secret.now;
      return secret.now;
    },
    async refuse(refusal) {
      refused.set(refusal.record.uid, refusal);
      return `s3://refused/${refusal.record.uid}`;
    },
    ...ports,
  });
  return { forward, refused, secret, close: sender.close };
}

/**
 * Hands a shard to the forwarder as Lambda does: a batch again from the first failed record, until
 * nothing is left. Gives how often it was called.
 */
export async function drain(
  shard: readonly StreamRecord[],
  {
    forward,
    clock,
    batch,
    most,
  }: {
    readonly forward: ReturnType<typeof forwarder>;
    readonly clock: ReturnType<typeof virtualClock>;
    readonly batch: number;
    readonly most: number;
  },
): Promise<number> {
  let start = 0;
  for (let calls = 1; calls <= most; calls += 1) {
    const part = shard.slice(start, start + batch);
    const { failedFrom } = await forward(part, 60_000);
    const failed = part.findIndex(({ sequence }) => sequence === failedFrom);
    if (failedFrom !== undefined && failed < 0) throw new Error(`${failedFrom} is none of these`);
    start += failedFrom === undefined ? part.length : failed;
    if (start >= shard.length) return calls;
    // Lambda asks again after a while; a circuit that opened may have half closed by then.
    clock.now += failedFrom === undefined ? 100 : 20_000;
  }
  throw new Error(`not empty after ${most} calls: ${shard.length - start} records are left`);
}
