import { TryAgain } from '#core';
import type { Fault } from '../siem-sim/faults';
import { type SimOptions, startSim } from '../siem-sim/siem-sim';
import { forwarderTo, SECRETS, type Setup, virtualClock } from './shard';
import { eventRecord, sequenceOf } from './stream';

const ACCOUNT = '444444444444';
const shard = (count: number, padding = '') =>
  Array.from({ length: count }, (_, index) => eventRecord(index, ACCOUNT, padding));

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

describe.each(['splunk-hec', 'bulk', 'webhook'] as const)('a receiver by %s', (protocol) => {
  async function given(
    script: readonly Fault[],
    sim: Partial<SimOptions> = {},
    setup: Partial<Setup> = {},
  ) {
    const clock = virtualClock();
    const secret = SECRETS[protocol].known;
    const receiver = await startSim({ protocol, secret, now: () => clock.now, ...sim });
    receiver.state.script.push(...script);
    const forwarder = forwarderTo({ protocol, sim: receiver, clock, ...setup });
    open.push(forwarder, receiver);
    return { ...forwarder, clock, sim: receiver.state };
  }
  const indexes = (stored: readonly { readonly content: unknown }[]) =>
    stored.map(({ content }) =>
      Number(/"eventID":"[^"]*?(\d{12})"/.exec(JSON.stringify(content))?.[1]),
    );
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

  it.each([429, 503])('that answers %i is asked again no earlier than it said', async (status) => {
    const { forward, clock, sim } = await given([{ kind: 'status', status, retryAfter: '7' }]);

    const { failedFrom } = await forward(shard(3), 60_000);

    expect({ failedFrom, slept: clock.slept }).toEqual({ failedFrom: undefined, slept: [7100] });
    expect(indexes(sim.stored)).toEqual(upTo(3));
  });

  it.each([429, 503])(
    'that answers %i for longer than there is time gets it all later',
    async (status) => {
      const { forward, clock, sim } = await given([{ kind: 'status', status, retryAfter: '90' }]);

      const first = await forward(shard(3), 60_000);
      clock.now += 90_000;
      const second = await forward(shard(3), 60_000);

      expect([first.failedFrom, second.failedFrom]).toEqual([sequenceOf(0), undefined]);
      expect([clock.slept, indexes(sim.stored)]).toEqual([[], upTo(3)]);
    },
  );

  it.each([401, 403])(
    'that answers %i twice opens the circuit, and is not asked again',
    async (status) => {
      const refusing: Fault = { kind: 'status', status };
      const { forward, secret, sim } = await given([refusing, refusing]);

      const first = await forward(shard(3), 60_000);
      const second = await forward(shard(3), 60_000);

      expect([first, second].map(({ failedFrom, circuit }) => [failedFrom, circuit])).toEqual([
        [sequenceOf(0), 'open'],
        [sequenceOf(0), 'open'],
      ]);
      expect([secret.asked, sim.requests, sim.stored]).toEqual([1, 2, []]);
    },
  );

  it('that answers 413 gets smaller requests, in order', async () => {
    const { forward, sim } = await given([], { maxBytes: 7_000 });

    const { failedFrom, counts } = await forward(shard(12, 'x'.repeat(500)), 60_000);

    expect(failedFrom).toBeUndefined();
    expect(counts.split).toBeGreaterThan(0);
    expect(indexes(sim.stored)).toEqual(upTo(12));
  });

  it('that fails half-way is sent the rest from the first failed record on', async () => {
    const broken = Array<Fault>(300).fill({ kind: 'status', status: 500 });
    const changes = { maxBytes: 3_000 };
    const { forward, sim } = await given([{ kind: 'none' }, ...broken], {}, { changes });

    const { failedFrom } = await forward(shard(12, 'x'.repeat(500)), 60_000);
    const taken = sim.stored.length;
    sim.script.length = 0;
    const second = await forward(shard(12, 'x'.repeat(500)).slice(taken), 60_000);

    expect(taken).toBeGreaterThan(0);
    expect([failedFrom, second.failedFrom]).toEqual([sequenceOf(taken), undefined]);
    expect(indexes(sim.stored)).toEqual(upTo(12));
  });

  it.each<[string, Fault]>([
    ['answers nonsense', nonsense('text/html; charset=utf-8', '<html>Sign in</html>')],
    ['hangs before it answers', { kind: 'hang', stored: false }],
    ['hangs in its answer', { kind: 'hang-in-body', stored: false }],
    ['resets the request', { kind: 'reset-in-request' }],
    ['resets its answer', { kind: 'reset-in-answer', stored: false }],
    ['never ends its answer', { kind: 'endless' }],
  ])('that %s has taken nothing, and gets the same ids again', async (_, fault) => {
    const { forward, sim } = await given([fault], {}, { patienceMs: 400 });

    const { failedFrom, counts } = await forward(shard(3), 60_000);

    const uids = new Set(sim.stored.map(({ uid }) => uid));
    expect([failedFrom, uids.size]).toEqual([undefined, 3]);
    expect(counts.retried).toBeGreaterThan(0);
    expect(indexes(sim.stored.slice(-3))).toEqual(upTo(3));
    for (const { uids: offered } of sim.offered) expect(offered).toEqual([...uids]);
  });

  it('that refuses a record for good gets the others, once it is kept', async () => {
    const isPoison: SimOptions['isPoison'] = ({ content }) =>
      JSON.stringify(content).includes('"userAgent":"poison"');
    const records = shard(5).with(2, eventRecord(2, ACCOUNT, 'poison'));
    let isKept = false;
    const refuse = async () => {
      if (!isKept) throw new TryAgain('the bucket could not be reached');
      return 's3://refused/x';
    };
    const { forward, sim } = await given([], { isPoison }, { ports: { refuse } });

    const first = await forward(records, 60_000);
    isKept = true;
    const second = await forward(records.slice(2), 60_000);

    expect([first.failedFrom, second.failedFrom]).toEqual([sequenceOf(2), undefined]);
    expect([...new Set(indexes(sim.stored))].toSorted()).toEqual([0, 1, 3, 4]);
  });
});

function nonsense(type: string, body: string): Fault {
  return { kind: 'nonsense', status: 200, type, body, stored: false };
}
