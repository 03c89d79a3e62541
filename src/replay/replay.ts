import { createHash } from 'node:crypto';
import { type TrailEvent, UnjudgeableEvent } from '#core';
import { type Court, eventOf, judgeOf } from './judge';
import { marks } from './patterns';
import type { FileRead } from './read-file';
import { type Reader, readers } from './readers';
import { isIn, type Scope } from './scope';
import { type Row, type Total, tally } from './tally';
import { filesIn } from './walk';

/** What is replayed, and how. */
export interface Asked extends Court {
  readonly paths: readonly string[];
  readonly scope: Scope;
  /** Threads. */
  readonly jobs: number;
  /** Compiled, where this runs from sources. @default beside this file */
  readonly workerFile?: string;
  /** Told after every file. */
  readonly progress?: (soFar: Read) => void;
}

/** What was read. */
export interface Read {
  readonly files: number;
  /** Files and folders that were not opened: out of scope, or no log by their name. */
  readonly skipped: number;
  /** Of the files that count, before compression. */
  readonly bytes: number;
  readonly events: number;
}

export interface Replayed {
  readonly read: Read;
  /** Events that wake at least one guardrail. */
  readonly woke: number;
  /** Of the calls that triggers name, what counts nowhere else. */
  readonly calls: {
    /** Once more the same event of the same account. */
    readonly repeated: number;
    /** Not asked about: account, Region or time. */
    readonly outOfScope: number;
    /** From accounts or Regions that the configuration does not govern. */
    readonly notGoverned: number;
    /** That no rule forwards, that concern no resource, or that are a guardrail's own. */
    readonly wokeNothing: number;
  };
  readonly totals: readonly Total[];
  readonly rows: readonly Row[];
  /** Calls that a responder would reject, by reason. */
  readonly unjudgeable: readonly { reason: string; calls: number; file: string }[];
  /** Files of which nothing counts. */
  readonly broken: readonly { readonly file: string; readonly reason: string }[];
}

/**
 * Runs history through the guardrails. Each of the woken events is remembered by its id, all else
 * is forgotten after its file.
 * @throws UserError where a path does not exist.
 */
export async function replay(asked: Asked): Promise<Replayed> {
  const { paths, scope, deployment, progress } = asked;
  const read = { files: 0, skipped: 0, bytes: 0, events: 0 };
  const calls = { repeated: 0, outOfScope: 0, notGoverned: 0, wokeNothing: 0 };
  const broken: { file: string; reason: string }[] = [];
  const unjudgeable = new Map<string, { reason: string; calls: number; file: string }>();
  const seen = new Set<string>();
  const counted = tally(asked.guardrails);
  const judge = judgeOf(asked);
  let woke = 0;

  const takeCall = async (call: string) => {
    const event = eventOf(call);
    const { account, region } = event;
    const key = identityOf(event, call);
    if (!isIn(scope, { account, region, at: Date.parse(event.time) })) calls.outOfScope += 1;
    else if (seen.has(key)) calls.repeated += 1;
    else if (deployment && !isGoverned(deployment, event)) calls.notGoverned += 1;
    else {
      seen.add(key);
      const judged = await judge(event);
      if (judged.some(({ decisions }) => decisions.length > 0)) woke += 1;
      if (judged.length === 0) calls.wokeNothing += 1;
      for (const one of judged) counted.add(event, one);
    }
  };

  const takeFile = async (found: FileRead) => {
    read.files += 1;
    if ('broken' in found) broken.push({ file: found.file, reason: found.broken });
    else {
      read.bytes += found.bytes;
      read.events += found.events;
      for (const call of found.calls) {
        try {
          await takeCall(call);
        } catch (error) {
          if (!(error instanceof UnjudgeableEvent)) throw error;
          const { message: reason } = error;
          const { calls = 0, file = found.file } = unjudgeable.get(reason) ?? {};
          const first = file < found.file ? file : found.file;
          unjudgeable.set(reason, { reason, calls: calls + 1, file: first });
        }
      }
    }
    progress?.(read);
  };

  const files = filesIn(paths, scope, () => {
    read.skipped += 1;
  });
  const lane = async (reader: Reader) => {
    for (let next = await files.next(); !next.done; next = await files.next())
      await takeFile(await reader.read(next.value));
  };
  const all = readers(marks(asked.guardrails), asked);
  try {
    await Promise.all(all.map(lane));
  } finally {
    await Promise.all(all.map((reader) => reader.close()));
  }
  return {
    ...{ read, woke, calls, totals: counted.totals(), rows: counted.rows() },
    unjudgeable: [...unjudgeable.values()].sort(by(({ reason }) => reason)),
    broken: broken.sort(by(({ file }) => file)),
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** By what an event is known again. An id that was blanked or made up is shared by many events. */
const identityOf = ({ account, eventID }: TrailEvent, call: string): string =>
  UUID.test(eventID) ? `${account} ${eventID}` : createHash('sha256').update(call).digest('base64');

const isGoverned = (
  { organization, governed }: NonNullable<Court['deployment']>,
  { account, region }: TrailEvent,
): boolean => Object.hasOwn(organization.accounts, account) && governed.includes(region);

const by =
  <T>(key: (one: T) => string) =>
  (one: T, other: T): number =>
    key(one) < key(other) ? -1 : 1;
