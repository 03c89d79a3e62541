import { around, batchesOf, bytesOf } from './batches';
import { type Circuit, CLOSED, opened } from './circuit';
import type { SiemPorts } from './ports';
import type { Encoded, ItemVerdict, Protocol, Verdict } from './protocol';
import { waitMs } from './retry-after';
import { note, type Run, refuse, refuseTooLarge, settle } from './run';

/** With less time than this no request is begun. */
export const SHORTEST_REQUEST_MS = 50;
/** A 413 to less than this is not about size: no record is given up for it. */
const NEVER_TOO_LARGE = 4_096;

/** What outlives an invocation: each instance of the function has its own. */
interface Memory {
  circuit: Circuit;
  /** Before this the receiver asked not to be called. */
  notBefore: number;
}

/** What a run works with. */
export interface Tools {
  readonly protocol: Protocol;
  readonly ports: SiemPorts;
  readonly memory: Memory;
}

interface Asked {
  readonly batch: readonly Encoded[];
  readonly run: Run;
  readonly tools: Tools;
}

/** Draws the consequences of a verdict; gives why to stop, or undefined to go on. */
export async function apply(verdict: Verdict, asked: Asked): Promise<string | undefined> {
  const { batch, run, tools } = asked;
  if (verdict.kind !== 'accepted' && verdict.kind !== 'items') note(run, verdict.code);
  // Who takes or refuses a record has let the forwarder in.
  if (['accepted', 'items', 'refused'].includes(verdict.kind)) tools.memory.circuit = CLOSED;
  switch (verdict.kind) {
    case 'accepted':
      settle(run, batch);
      return wentThrough(run, []);
    case 'items':
      return applyItems(verdict.items, asked);
    case 'again':
      return waitFor(verdict, asked);
    case 'too-large':
      return makeSmaller(verdict.code, asked);
    case 'refused':
      return singleOut(verdict, asked);
    case 'unauthorised':
      if (run.hasFreshSecret) return open(verdict.code, tools);
      await refreshSecret(run, tools.ports);
      return undefined;
    case 'misconfigured':
      return open(verdict.code, tools);
  }
}

/** The rest of the batch, where there is any, is next. */
function wentThrough(run: Run, rest: readonly Encoded[]): undefined {
  run.attempt = 0;
  run.queue = [...(rest.length > 0 ? [[...rest]] : []), ...run.queue.slice(1)];
}

async function applyItems(
  items: readonly ItemVerdict[],
  asked: Asked,
): Promise<string | undefined> {
  const { batch, run, tools } = asked;
  const left: Encoded[] = [];
  let again: string | undefined;
  let blocked: string | undefined;
  for (const [index, one] of batch.entries()) {
    const item = items[index];
    if (item?.kind === 'accepted') settle(run, [one]);
    else if (item?.kind === 'refused') await refuse(run, one, { ...item, ports: tools.ports });
    else {
      left.push(one);
      if (item?.kind === 'blocked') blocked = item.code;
      else again = item?.code ?? 'nonsense';
    }
  }
  const attempt = run.attempt;
  wentThrough(run, left);
  // Waits grow while any record is put off, though others of the batch go through.
  if (left.length > 0) run.attempt = attempt;
  const rest = { ...asked, batch: left };
  if (blocked !== undefined) return apply({ kind: 'unauthorised', code: blocked }, rest);
  if (again !== undefined) return apply({ kind: 'again', code: again }, rest);
  return undefined;
}

async function waitFor(
  { afterMs }: { readonly afterMs?: number },
  { run, tools: { ports, memory } }: Asked,
): Promise<string | undefined> {
  const now = ports.now();
  const wait = waitMs(run.attempt, { afterMs, random: ports.random() });
  run.attempt += 1;
  if (afterMs !== undefined) memory.notBefore = now + afterMs;
  if (now + wait + SHORTEST_REQUEST_MS > run.stopAt) return 'no time to wait as long as needed';
  run.counts.retried += 1;
  await ports.sleep(wait);
  return undefined;
}

/** Halves everything that waits, not this batch only: the next would be refused as well. */
async function makeSmaller(
  code: string,
  { batch, run, tools }: Asked,
): Promise<string | undefined> {
  const [first] = batch;
  if (batch.length === 1 && first !== undefined) {
    if (first.bytes.length < NEVER_TOO_LARGE) return open(code, tools);
    const pointer = await refuseTooLarge(run, first, { ...tools, code });
    run.queue = [...(pointer.length > 0 ? [[...pointer]] : []), ...run.queue.slice(1)];
    return undefined;
  }
  run.counts.split += 1;
  const most = { bytes: Math.ceil(bytesOf(batch) / 2), records: Math.ceil(batch.length / 2) };
  run.queue = batchesOf(run.queue.flat(), most);
  return undefined;
}

/** Narrows a refused batch down until the record that is at fault stands alone. */
async function singleOut(
  verdict: Extract<Verdict, { kind: 'refused' }>,
  { batch, run, tools }: Asked,
): Promise<undefined> {
  const [first] = batch;
  if (batch.length === 1 && first !== undefined) {
    await refuse(run, first, { ...verdict, ports: tools.ports });
    run.queue = run.queue.slice(1);
    return undefined;
  }
  run.counts.split += 1;
  run.queue = [...around(batch, verdict.at), ...run.queue.slice(1)];
  return undefined;
}

/** The receiver refuses the forwarder itself. Gives why the run stops. */
export function open(code: string, { ports, memory }: Tools): string {
  memory.circuit = opened(ports.now(), code);
  return `the receiver refuses the forwarder: ${code}`;
}

/** Once in a run: a secret that was just read and is refused will be refused again. */
export async function refreshSecret(run: Run, ports: SiemPorts): Promise<void> {
  run.hasFreshSecret = true;
  await ports.freshSecret();
}
