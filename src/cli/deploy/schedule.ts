import type { Ordered } from './order';

/** How the work on one stack ended. */
export type Ended<R> =
  | { readonly kind: 'done'; readonly result: R }
  | { readonly kind: 'failed'; readonly error: unknown }
  /** Not begun, since one it waits for was not done, or the run was stopped. */
  | { readonly kind: 'left'; readonly because: string };

export interface Schedule<S extends Ordered, R> {
  /** In the order of `inOrder`. */
  readonly stacks: readonly S[];
  /** At most so many are at work at once. */
  readonly parallel: number;
  /** Throws where the stack could not be done. */
  readonly work: (stack: S) => Promise<R>;
  /** Once aborted nothing more begins; what is at work comes to its end. */
  readonly stop?: AbortSignal;
}

/**
 * Works on stacks, each after those it waits for. One that fails stops nothing but what waits for
 * it. Never throws.
 * @returns how each ended, by id, in the order of `stacks`
 */
export async function runInOrder<S extends Ordered, R>({
  stacks,
  parallel,
  work,
  stop,
}: Schedule<S, R>): Promise<ReadonlyMap<string, Ended<R>>> {
  const known = new Set(stacks.map(({ id }) => id));
  const ended = new Map<string, Ended<R>>();
  const waiting = [...stacks];
  const atWork = new Map<string, Promise<void>>();

  const leaveWhatCannot = (): void => {
    for (let isSettled = false; !isSettled; ) {
      isSettled = true;
      for (const stack of [...waiting]) {
        const missing = stack.after.find((id) => known.has(id) && notDone(ended.get(id)));
        const because = stop?.aborted ? 'the run was stopped' : `${missing} was not done`;
        if (missing === undefined && !stop?.aborted) continue;
        waiting.splice(waiting.indexOf(stack), 1);
        ended.set(stack.id, { kind: 'left', because });
        isSettled = false;
      }
    }
  };
  const begin = (stack: S): void => {
    waiting.splice(waiting.indexOf(stack), 1);
    const run = async () => {
      try {
        ended.set(stack.id, { kind: 'done', result: await work(stack) });
      } catch (error) {
        ended.set(stack.id, { kind: 'failed', error });
      }
      atWork.delete(stack.id);
    };
    atWork.set(stack.id, run());
  };

  for (;;) {
    leaveWhatCannot();
    for (const stack of [...waiting]) {
      if (atWork.size >= Math.max(1, parallel)) break;
      if (stack.after.every((id) => !known.has(id) || ended.get(id)?.kind === 'done')) begin(stack);
    }
    if (atWork.size === 0) break;
    await Promise.race(atWork.values());
  }
  for (const { id } of waiting) ended.set(id, { kind: 'left', because: 'it waits for itself' });
  return new Map(stacks.flatMap(({ id }) => pairOf(id, ended.get(id))));
}

const notDone = (ended: Ended<unknown> | undefined): boolean =>
  ended !== undefined && ended.kind !== 'done';

const pairOf = <R>(id: string, ended: Ended<R> | undefined): readonly [string, Ended<R>][] =>
  ended === undefined ? [] : [[id, ended]];
