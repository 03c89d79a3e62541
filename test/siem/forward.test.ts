import { TryAgain } from '#core';
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

async function given(
  protocol: SimOptions['protocol'],
  sim: Partial<SimOptions> = {},
  setup: Partial<Setup> = {},
) {
  const clock = virtualClock();
  const secret = SECRETS[protocol].known;
  const receiver = await startSim({ protocol, secret, now: () => clock.now, ...sim });
  const forwarder = forwarderTo({ protocol, sim: receiver, clock, ...setup });
  open.push(forwarder, receiver);
  return { ...forwarder, clock, sim: receiver.state };
}

describe('a receiver that works', () => {
  it('is sent a batch of the stream in one request, in order', async () => {
    const { forward, sim } = await given('splunk-hec');

    const { failedFrom, counts, circuit } = await forward(shard(50), 60_000);

    expect({ failedFrom, circuit }).toEqual({ failedFrom: undefined, circuit: 'closed' });
    expect(counts).toEqual({ delivered: 50, refused: 0, requests: 1, retried: 0, split: 0 });
    expect(sim.stored).toHaveLength(50);
  });

  it('is sent nothing for an empty batch', async () => {
    const { forward, sim } = await given('webhook');

    expect((await forward([], 60_000)).failedFrom).toBeUndefined();
    expect(sim.requests).toBe(0);
  });

  it('is sent plain bodies where gzip is off', async () => {
    const { forward, sim } = await given('bulk', { gzip: false }, { changes: { gzip: false } });

    await forward(shard(3), 60_000);

    expect([sim.stored.length, sim.complaints]).toEqual([3, []]);
  });
});

describe('a receiver that is busy', () => {
  it('is asked again after the time it named, and a little more', async () => {
    const { forward, clock, sim } = await given('splunk-hec');
    sim.script.push({ kind: 'status', status: 503, retryAfter: '7' });

    const { failedFrom, counts } = await forward(shard(3), 60_000);

    expect({ failedFrom, slept: clock.slept }).toEqual({ failedFrom: undefined, slept: [7100] });
    expect(counts.retried).toBe(1);
  });

  it('gets everything back as failed where there is no time to wait, and is left alone', async () => {
    const { forward, clock, sim } = await given('splunk-hec');
    sim.script.push({ kind: 'status', status: 429, retryAfter: '90' });

    const first = await forward(shard(3), 60_000);
    const second = await forward(shard(3), 60_000);
    clock.now += 60_000;
    const third = await forward(shard(3), 60_000);

    expect(first.failedFrom).toBe(sequenceOf(0));
    expect(second).toMatchObject({
      failedFrom: sequenceOf(0),
      stopped: 'the receiver asked to wait',
      counts: { requests: 0 },
    });
    expect(third.failedFrom).toBeUndefined();
    expect(sim.requests).toBe(2);
  });

  it('is asked for four fifths of the time at most', async () => {
    const { forward, clock, sim } = await given('webhook', {}, { patienceMs: 60 });
    sim.script.push(...Array(100).fill({ kind: 'hang', stored: false }));
    const started = clock.now;

    const { failedFrom, stopped } = await forward(shard(2), 60_000);

    expect(failedFrom).toBe(sequenceOf(0));
    expect(stopped).toMatch(/time/);
    expect(clock.now - started).toBeLessThanOrEqual(48_000 + 50);
    expect(clock.now - started).toBeGreaterThan(40_000);
  });

  it('keeps what it took: only what is left comes again, from the first of it', async () => {
    const { forward, sim } = await given('bulk');
    const statuses = [0, 0, 429, 0];
    sim.script.push(...Array(200).fill({ kind: 'items', statuses }));

    const { failedFrom, counts } = await forward(shard(4), 60_000);

    expect(failedFrom).toBeUndefined();
    expect(counts.delivered).toBe(4);
    expect(sim.offered.map(({ uids }) => uids.length).slice(0, 2)).toEqual([4, 1]);
  });
});

describe('a receiver that refuses the forwarder', () => {
  it('is tried once more with the secret as it is now', async () => {
    const { forward, secret, sim } = await given('splunk-hec');
    sim.secret = 'rotated';
    secret.now = 'rotated';

    const { failedFrom, circuit } = await forward(shard(3), 60_000);

    expect({ failedFrom, circuit }).toEqual({ failedFrom: undefined, circuit: 'closed' });
    expect([secret.asked, sim.requests, sim.stored.length]).toEqual([1, 2, 3]);
  });

  it('is not called for a minute after it refused the fresh secret too; then once', async () => {
    const { forward, clock, secret, sim } = await given('splunk-hec');
    sim.secret = 'rotated';

    const first = await forward(shard(3), 60_000);
    const second = await forward(shard(3), 60_000);
    clock.now += 60_000;
    const third = await forward(shard(3), 60_000);
    clock.now += 60_000;
    secret.now = 'rotated';
    const fourth = await forward(shard(3), 60_000);

    const told = [first, second, third, fourth].map(({ failedFrom, circuit, counts }) => [
      ...[failedFrom, circuit, counts.requests],
    ]);
    expect(told).toEqual([
      [sequenceOf(0), 'open', 2],
      [sequenceOf(0), 'open', 0],
      [sequenceOf(0), 'open', 1],
      [undefined, 'closed', 1],
    ]);
    expect(sim.stored).toHaveLength(3);
  });

  it.each([
    ['a redirect', { kind: 'redirect' } as const, 'http-307'],
    ['an address that is not there', { kind: 'status', status: 404 } as const, 'http-404'],
  ])('by %s has the circuit opened at once, and is not followed', async (_, fault, code) => {
    const { forward, secret, sim } = await given('splunk-hec');
    sim.script.push(fault);

    const { failedFrom, circuit, codes } = await forward(shard(3), 60_000);

    expect({ failedFrom, circuit, codes }).toEqual({
      ...{ failedFrom: sequenceOf(0), circuit: 'open', codes: { [code]: 1 } },
    });
    expect([secret.asked, sim.requests]).toEqual([0, 1]);
  });

  it('has the circuit opened where the secret has no usable form', async () => {
    const secret = async () => 'not a key';
    const { forward, sim } = await given('webhook', {}, { ports: { secret } });

    const { failedFrom, circuit } = await forward(shard(3), 60_000);

    expect([failedFrom, circuit, sim.requests]).toEqual([sequenceOf(0), 'open', 0]);
  });
});

describe('a record that is refused for good', () => {
  const isPoison = ({ content }: { content: unknown }) =>
    JSON.stringify(content).includes('"userAgent":"poison"');
  const withPoison = (at: number, count: number) =>
    shard(count).map((one, index) => (index === at ? eventRecord(index, ACCOUNT, 'poison') : one));

  it.each([
    ['splunk-hec', 'hec-6'],
    ['bulk', 'item-400'],
    ['webhook', 'http-422'],
  ] as const)('by %s is kept, and all others arrive', async (protocol, code) => {
    const { forward, refused, sim } = await given(protocol, { isPoison });

    const { failedFrom, counts } = await forward(withPoison(5, 9), 60_000);

    expect(failedFrom).toBeUndefined();
    expect([...refused.values()].map((one) => [one.record.sequence, one.code])).toEqual([
      [sequenceOf(5), code],
    ]);
    expect([sim.stored.length, counts.delivered, counts.refused]).toEqual([8, 8, 1]);
  });

  it('comes again where it cannot be kept, and those before it do not', async () => {
    const refuse = async () => {
      throw new TryAgain('the bucket could not be reached');
    };
    const { forward, sim } = await given('webhook', { isPoison }, { ports: { refuse } });

    const { failedFrom, stopped, circuit } = await forward(withPoison(5, 9), 60_000);

    expect([failedFrom, circuit]).toEqual([sequenceOf(5), 'closed']);
    expect(stopped).toBe('the bucket could not be reached');
    expect(sim.stored).toHaveLength(5);
  });
});

describe('a record that is too large', () => {
  it('is kept, and a pointer to it takes its place in the order', async () => {
    const changes = { maxBytes: 10_000 };
    const { forward, refused, sim } = await given('splunk-hec', {}, { changes });
    const records = shard(3).map((one, index) =>
      index === 1 ? eventRecord(index, ACCOUNT, 'x'.repeat(10_000)) : one,
    );

    const { failedFrom, counts } = await forward(records, 60_000);

    const [large] = [...refused.values()];
    expect(failedFrom).toBeUndefined();
    expect(counts).toMatchObject({ delivered: 2, refused: 1 });
    expect(sim.stored.map(({ kind }) => kind)).toEqual(['event', 'pointer', 'event']);
    expect(sim.stored[1]?.content).toMatchObject({
      uid: large?.record.uid,
      location: `s3://refused/${large?.record.uid}`,
      code: 'oversized',
    });
  });

  it('only together with others is sent apart from them', async () => {
    const { forward, sim } = await given('webhook', { maxBytes: 7_000 });

    const { failedFrom, counts } = await forward(shard(12, 'x'.repeat(500)), 60_000);

    expect(failedFrom).toBeUndefined();
    expect(counts).toMatchObject({ delivered: 12, refused: 0, split: 2 });
    expect(sim.stored).toHaveLength(12);
  });

  it('is not believed to be so where it is small: the address is wrong', async () => {
    const { forward, refused, sim } = await given('webhook');
    sim.script.push({ kind: 'status', status: 413 });

    const { failedFrom, circuit } = await forward(shard(1), 60_000);

    expect([failedFrom, circuit, refused.size]).toEqual([sequenceOf(0), 'open', 0]);
  });

  it('and hung up on before the answer is found out by halving', async () => {
    const { forward, sim } = await given('webhook');
    sim.script.push(...Array(3).fill({ kind: 'reset-in-request' }));

    const { failedFrom, counts } = await forward(shard(10, 'x'.repeat(9_000)), 60_000);

    expect(failedFrom).toBeUndefined();
    expect(counts.split).toBe(1);
    expect(sim.stored).toHaveLength(10);
  });
});

describe('Secrets Manager out of reach', () => {
  it('gives everything back as failed and asks the receiver nothing', async () => {
    const secret = async () => {
      throw new TryAgain('the secret could not be reached');
    };
    const { forward, sim } = await given('bulk', {}, { ports: { secret } });

    const { failedFrom, circuit } = await forward(shard(3), 60_000);

    expect([failedFrom, circuit, sim.requests]).toEqual([sequenceOf(0), 'closed', 0]);
  });
});
