import { setTimeout } from 'node:timers/promises';
import { runInOrder } from '../../../src/cli/deploy/schedule';

const stack = (id: string, ...after: readonly string[]) => ({ id, after });

/** Runs stacks and gives how each ended, and how many were at work at the most. */
async function ran(
  stacks: readonly ReturnType<typeof stack>[],
  { fail = [] as readonly string[], parallel = 4, stop = undefined as AbortSignal | undefined },
  during: (id: string) => void = () => {},
) {
  const begun: string[] = [];
  let atWork = 0;
  let most = 0;
  const ends = await runInOrder({
    stacks,
    parallel,
    ...(stop ? { stop } : {}),
    work: async ({ id }) => {
      begun.push(id);
      most = Math.max(most, ++atWork);
      during(id);
      await setTimeout(2);
      atWork -= 1;
      if (fail.includes(id)) throw new Error(`${id} failed`);
      return id;
    },
  });
  const told = [...ends].map(([id, end]) =>
    end.kind === 'left' ? `${id}: ${end.because}` : `${id}: ${end.kind}`,
  );
  return { told, begun, most };
}

const STACKS = [stack('security'), ...['a', 'b', 'c', 'd'].map((id) => stack(id, 'security'))];

test('no more than asked for are at work at once, and the first goes alone', async () => {
  const { begun, most } = await ran(STACKS, { parallel: 2 });

  expect(begun[0]).toBe('security');
  expect(begun.toSorted()).toEqual(['a', 'b', 'c', 'd', 'security']);
  expect(most).toBe(2);
});

test('a member that fails stops no other', async () => {
  const { told } = await ran(STACKS, { fail: ['b'], parallel: 1 });

  expect(told).toEqual(['security: done', 'a: done', 'b: failed', 'c: done', 'd: done']);
});

test('what stands on a failed stack is left, and what stands on that too', async () => {
  const { told, begun } = await ran([...STACKS, stack('management', 'a')], { fail: ['security'] });

  expect(begun).toEqual(['security']);
  expect(told).toEqual([
    'security: failed',
    'a: security was not done',
    'b: security was not done',
    'c: security was not done',
    'd: security was not done',
    'management: a was not done',
  ]);
});

test('after a stop nothing more begins, and what is at work comes to its end', async () => {
  const controller = new AbortController();

  const { told } = await ran(STACKS, { parallel: 2, stop: controller.signal }, (id) => {
    if (id === 'a') controller.abort();
  });

  expect(told).toEqual([
    'security: done',
    'a: done',
    'b: done',
    'c: the run was stopped',
    'd: the run was stopped',
  ]);
});
