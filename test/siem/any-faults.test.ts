import fc from 'fast-check';
import type { StreamRecord } from '#siem';
import { readRecord } from '#siem/record';
import type { Fault } from '../siem-sim/faults';
import type { ProtocolName } from '../siem-sim/protocols';
import { type Sim, type SimOptions, startSim } from '../siem-sim/siem-sim';
import { drain, forwarderTo, SECRETS, virtualClock } from './shard';
import { eventRecord, sequenceOf, textRecord } from './stream';

const ACCOUNTS = ['444444444444', '555555555555', '666666666666'];

const stored = fc.boolean();

const anyFault: fc.Arbitrary<Fault> = fc.oneof(
  fc.constant<Fault>({ kind: 'none' }),
  fc.record({
    kind: fc.constant('status' as const),
    status: fc.constantFrom(408, 429, 500, 502, 503, 504, 401, 403, 404, 413),
  }),
  fc.record({
    kind: fc.constant('status' as const),
    status: fc.constantFrom(429, 503),
    retryAfter: fc.constantFrom(
      '0',
      '2',
      '90',
      '99999999999',
      '-5',
      'soon',
      'Sat, 21 Nov 2026 10:00:30 GMT',
      'Sat, 21 Nov 2026 09:00:00 GMT',
    ),
  }),
  fc.record({
    kind: fc.constantFrom('slow-headers' as const, 'slow-body' as const),
    ms: fc.constant(4),
  }),
  fc.record({ kind: fc.constantFrom('hang' as const, 'hang-in-body' as const), stored }),
  fc.constant<Fault>({ kind: 'reset-in-request' }),
  fc.record({ kind: fc.constant('reset-in-answer' as const), stored }),
  fc.record({
    kind: fc.constant('nonsense' as const),
    status: fc.constantFrom(200, 201, 202),
    type: fc.constantFrom('text/html; charset=utf-8'),
    body: fc.constantFrom('<html>Sign in</html>', '{"code":0}', ''),
    stored,
  }),
  fc.constant<Fault>({ kind: 'endless' }),
  fc.constant<Fault>({ kind: 'redirect' }),
  fc.record({
    kind: fc.constant('items' as const),
    statuses: fc.array(fc.constantFrom(0, 429, 503, 500, 403), { minLength: 1, maxLength: 5 }),
  }),
);

/** A record: of which account, and what is special about it. */
const anyRecord = fc.record({
  account: fc.constantFrom(...ACCOUNTS),
  special: fc.constantFrom('', '', '', '', 'poison', 'large', 'huge', 'again', 'no JSON'),
});

interface Case {
  readonly records: readonly { readonly account: string; readonly special: string }[];
  readonly script: readonly Fault[];
  readonly batch: number;
  readonly keepsBeforePoison: boolean;
}

const anyCase: fc.Arbitrary<Case> = fc.record({
  records: fc.array(anyRecord, { minLength: 1, maxLength: 25 }),
  script: fc.array(anyFault, { maxLength: 10 }),
  batch: fc.integer({ min: 1, max: 12 }),
  keepsBeforePoison: fc.boolean(),
});

/** `large` is above what the receiver takes, `huge` above what the forwarder sends. */
const SIZES: Readonly<Record<string, number>> = { large: 9_000, huge: 21_000 };

function shardOf({ records }: Case): readonly StreamRecord[] {
  const shard: StreamRecord[] = [];
  for (const [index, { account, special }] of records.entries()) {
    const padding = special === 'poison' ? 'poison' : 'x'.repeat(SIZES[special] ?? 10);
    const earlier = shard[index - 2];
    // The bus delivers at least once: the same event under another sequence number.
    if (special === 'again' && earlier) shard.push({ ...earlier, sequence: sequenceOf(index) });
    else if (special === 'no JSON') shard.push(textRecord(index, account, `${index}: no JSON`));
    else shard.push(eventRecord(index, account, padding));
  }
  return shard;
}

async function play(protocol: ProtocolName, one: Case) {
  const clock = virtualClock();
  const options: SimOptions = {
    ...{ protocol, secret: SECRETS[protocol].known, now: () => clock.now, maxBytes: 8_000 },
    keepsBeforePoison: one.keepsBeforePoison,
    isPoison: ({ content }) => JSON.stringify(content).includes('"userAgent":"poison"'),
  };
  const sim = await startSim(options);
  sim.state.script.push(...one.script);
  const changes = { maxBytes: 20_000 };
  const { forward, refused, close } = forwarderTo({
    protocol,
    sim,
    clock,
    changes,
    patienceMs: 60,
  });
  const shard = shardOf(one);
  try {
    await drain(shard, { forward, clock, batch: one.batch, most: 200 });
  } finally {
    close();
    await sim.close();
  }
  return { sim, refused, read: shard.map(readRecord) };
}

const unique = (uids: readonly string[]): readonly string[] => [...new Set(uids)].sort();

/** Pairs of one account that arrived in the other order, except within one request of _bulk. */
function overtaken(sim: Sim, sent: readonly { uid: string; account: string }[], isBulk: boolean) {
  const first = new Map<string, number>();
  for (const [index, { uid }] of sim.state.stored.entries())
    if (!first.has(uid)) first.set(uid, index);
  const together = (one: string, other: string) =>
    isBulk && sim.state.offered.some(({ uids }) => uids.includes(one) && uids.includes(other));
  const known = new Set<string>();
  const once = sent.filter(({ uid }) => first.has(uid) && !known.has(uid) && known.add(uid));
  return once.flatMap((earlier, index) =>
    once
      .slice(index + 1)
      .filter((later) => later.account === earlier.account)
      .filter(({ uid }) => (first.get(uid) ?? 0) < (first.get(earlier.uid) ?? 0))
      .filter(({ uid }) => !together(earlier.uid, uid))
      .map(({ uid }) => [earlier.uid, uid]),
  );
}

describe.each(['splunk-hec', 'bulk', 'webhook'] as const)('%s under any faults', (protocol) => {
  it('receives exactly what was sent and not refused, in the order of each account', async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, async (one) => {
        const { sim, refused, read } = await play(protocol, one);

        const arrived = sim.state.stored.filter(({ kind }) => kind !== 'pointer');
        const pointers = sim.state.stored.filter(({ kind }) => kind === 'pointer');
        const sent = unique(read.map(({ uid }) => uid));
        const kept = [...refused.keys()];
        const tooLarge = [...refused.values()].filter(({ code }) => isTooLarge(code));
        expect(sim.state.complaints).toEqual([]);
        expect(unique([...arrived.map(({ uid }) => uid), ...kept])).toEqual(sent);
        expect(arrived.filter(({ uid }) => refused.has(uid))).toEqual([]);
        expect(unique(pointers.map(({ uid }) => uid))).toEqual(
          unique(tooLarge.map(({ record }) => `p-${record.uid}`)),
        );
        expect(overtaken(sim, read, protocol === 'bulk')).toEqual([]);
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});

const isTooLarge = (code: string): boolean => code === 'http-413' || code === 'oversized';
