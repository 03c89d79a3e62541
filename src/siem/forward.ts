import { TryAgain } from '#core';
import { apply, open, refreshSecret, SHORTEST_REQUEST_MS, type Tools } from './apply';
import { bytesOf } from './batches';
import { CLOSED, stateOf } from './circuit';
import { SecretUnusable } from './errors';
import type { Sent, SiemPorts } from './ports';
import type { Encoded, Protocol, Verdict } from './protocol';
import { readRecord, type StreamRecord } from './record';
import { type Counts, note, type Run, startRun } from './run';

/** What became of one batch of the stream. */
export interface Forwarded {
  /** The first record that must come again; all before it are dealt with. Undefined: all are. */
  readonly failedFrom: string | undefined;
  /** Why not all were dealt with. */
  readonly stopped: string | undefined;
  readonly circuit: 'closed' | 'open' | 'half-open';
  readonly counts: Counts;
  /** How often each answer other than success was met. */
  readonly codes: Readonly<Record<string, number>>;
}

/** The rest of the time is for returning what is left, and for Lambda itself. */
const SHARE_OF_TIME = 0.8;
const LONGEST_REQUEST_MS = 15_000;
/** A receiver that hangs up on a large body, before it answers 413, seems to be reset. */
const RESETS_BEFORE_SPLIT = 2;
const NEVER_RESET_FOR_SIZE = 65_536;

/**
 * Makes the forwarder of one receiver: batches of a shard in, requests out, one after another and
 * in order. Nothing is dropped: each record is delivered, kept as refused, or returned as failed.
 */
export function forwarder(protocol: Protocol, ports: SiemPorts) {
  const memory: Tools['memory'] = { circuit: CLOSED, notBefore: 0 };

  return async (records: readonly StreamRecord[], remainingMs: number): Promise<Forwarded> => {
    const read = records.map(readRecord);
    const stopAt = ports.now() + remainingMs * SHARE_OF_TIME;
    const run = startRun(read, { protocol, stopAt });
    const stopped = await deliver(run, { protocol, ports, memory });
    return {
      failedFrom: read.find(({ uid }) => !run.settled.has(uid))?.sequence,
      stopped,
      circuit: stateOf(memory.circuit, ports.now()),
      counts: run.counts,
      codes: Object.fromEntries(run.codes),
    };
  };
}

/** Works through the queue; gives why it stopped early, or undefined. */
async function deliver(run: Run, tools: Tools): Promise<string | undefined> {
  const { ports, memory } = tools;
  if (run.queue.length === 0) return undefined;
  const state = stateOf(memory.circuit, ports.now());
  if (state === 'open' && memory.circuit.kind === 'open')
    return `the circuit is open: ${memory.circuit.code}`;
  if (memory.notBefore > ports.now()) {
    if (memory.notBefore >= run.stopAt) return 'the receiver asked to wait';
    await ports.sleep(memory.notBefore - ports.now());
  }
  try {
    if (state === 'half-open') await refreshSecret(run, ports);
    for (let batch = run.queue[0]; batch !== undefined; batch = run.queue[0]) {
      if (run.stopAt - ports.now() < SHORTEST_REQUEST_MS) return 'the time is over';
      const stopped = await apply(await ask(batch, run, tools), { batch, run, tools });
      if (stopped !== undefined) return stopped;
    }
  } catch (error) {
    if (error instanceof SecretUnusable) return open(error.code, tools);
    // What is left comes again. The receiver is not at fault, so the circuit stays as it is.
    if (!(error instanceof TryAgain)) throw error;
    note(run, error.code);
    return error.message;
  }
  return undefined;
}

/** One request. What is larger than a request may be is not sent at all. */
async function ask(batch: readonly Encoded[], run: Run, tools: Tools): Promise<Verdict> {
  const { protocol, ports } = tools;
  if (batch.length === 1 && bytesOf(batch) > protocol.most.bytes)
    return { kind: 'too-large', code: 'oversized' };
  const request = protocol.request(batch, await ports.secret(), ports.now());
  const left = run.stopAt - ports.now();
  run.counts.requests += 1;
  const sent = await ports.send(request, Math.max(1, Math.min(LONGEST_REQUEST_MS, left)));
  if (sent.kind === 'answered') return protocol.verdict(sent, batch, ports.now());
  return verdictOfSilence(sent, { batch, run });
}

function verdictOfSilence(
  sent: Exclude<Sent, { kind: 'answered' }>,
  { batch, run }: { readonly batch: readonly Encoded[]; readonly run: Run },
): Verdict {
  if (sent.kind === 'untrusted') return { kind: 'misconfigured', code: `tls-${sent.code}` };
  const isSuspect = sent.why === 'reset' && run.attempt >= RESETS_BEFORE_SPLIT;
  if (isSuspect && batch.length > 1 && bytesOf(batch) > NEVER_RESET_FOR_SIZE)
    return { kind: 'too-large', code: 'reset' };
  return { kind: 'again', code: sent.why };
}
