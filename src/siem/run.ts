import { batchesOf } from './batches';
import type { SiemPorts } from './ports';
import { type Encoded, type Protocol, shortened } from './protocol';
import { pointerTo, type SiemRecord } from './record';

/** Counts of one invocation, for metrics. */
export interface Counts {
  delivered: number;
  refused: number;
  requests: number;
  retried: number;
  split: number;
}

/** One invocation while it runs: what waits, in order, and what is dealt with. */
export interface Run {
  /** Batches in order; the first is the one being sent. */
  queue: Encoded[][];
  /** Uids that need not come again: delivered, or refused and kept. */
  readonly settled: Set<string>;
  readonly counts: Counts;
  /** How often each code was met. */
  readonly codes: Map<string, number>;
  readonly stopAt: number;
  /** Failures since something last went through. */
  attempt: number;
  hasFreshSecret: boolean;
}

/** A record that comes twice in one batch of the stream is sent once. */
export function startRun(
  records: readonly SiemRecord[],
  { protocol, stopAt }: { readonly protocol: Protocol; readonly stopAt: number },
): Run {
  const seen = new Set<string>();
  const kept = records.filter(({ uid }) => !seen.has(uid) && seen.add(uid));
  const encoded = kept.map((record) => encode(protocol, record, record.uid));
  return {
    queue: batchesOf(encoded, protocol.most),
    settled: new Set(),
    counts: { delivered: 0, refused: 0, requests: 0, retried: 0, split: 0 },
    codes: new Map(),
    stopAt,
    attempt: 0,
    hasFreshSecret: false,
  };
}

const encode = (protocol: Protocol, record: SiemRecord, settles: string): Encoded => ({
  record,
  settles,
  bytes: protocol.encode(record),
});

export function note(run: Run, code: string): void {
  run.codes.set(code, (run.codes.get(code) ?? 0) + 1);
}

/** Marks records as delivered. */
export function settle(run: Run, batch: readonly Encoded[]): void {
  for (const { settles, record } of batch) {
    run.settled.add(settles);
    if (record.kind !== 'pointer') run.counts.delivered += 1;
  }
}

/** Why a record is refused for good. */
export interface Because {
  readonly code: string;
  readonly reason: string;
}

/**
 * Keeps a refused record; then it counts as dealt with. A pointer that is refused has its record
 * kept already.
 * @throws what the store throws: then the record must come again.
 */
export async function refuse(
  run: Run,
  { record, settles }: Encoded,
  because: Because & { readonly ports: SiemPorts },
): Promise<string> {
  const { ports, code, reason } = because;
  note(run, code);
  if (record.kind === 'pointer') {
    run.settled.add(settles);
    return '';
  }
  const location = await ports.refuse({ record, code, reason: shortened(reason) });
  run.counts.refused += 1;
  run.settled.add(settles);
  return location;
}

/**
 * Keeps a record that is too large for the receiver, and puts a pointer to it in its place. It
 * counts as dealt with only when the pointer has gone through.
 */
export async function refuseTooLarge(
  run: Run,
  one: Encoded,
  {
    ports,
    protocol,
    code,
  }: { readonly ports: SiemPorts; readonly protocol: Protocol; readonly code: string },
): Promise<readonly Encoded[]> {
  const reason = `${one.bytes.length} bytes are too large for the receiver`;
  const location = await refuse(run, one, { ports, code, reason });
  if (one.record.kind === 'pointer') return [];
  run.settled.delete(one.settles);
  return [encode(protocol, pointerTo(one.record, location, code), one.settles)];
}
