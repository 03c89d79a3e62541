import { UserError } from '#core';
import { nearest } from '#core/nearest';

/** A stack, as far as order is concerned. */
export interface Ordered {
  readonly id: string;
  /** Ids of what must be done before it. Those that are not among the stacks count as done. */
  readonly after: readonly string[];
}

export type Direction = 'deploy' | 'remove';

/**
 * The stacks that patterns choose, in their order; `*` stands for any characters.
 * @throws UserError for a pattern that no stack fits, with the nearest one.
 */
export function chosen<S extends Ordered>(
  stacks: readonly S[],
  patterns: readonly string[],
): readonly S[] {
  if (patterns.length === 0) return stacks;
  const ids = stacks.map(({ id }) => id);
  const tests = patterns.map((pattern) => {
    const test = new RegExp(
      `^${pattern
        .split('*')
        .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('.*')}$`,
    );
    if (!ids.some((id) => test.test(id))) {
      const near = nearest(pattern, ids);
      throw new UserError(
        `no stack is called ${pattern}; ${near === undefined ? `there are ${ids.join(', ')}` : `did you mean ${near}?`}`,
      );
    }
    return test;
  });
  return stacks.filter(({ id }) => tests.some((test) => test.test(id)));
}

/** The same stacks for removal: what stood on another goes before it. */
export const reversed = <S extends Ordered>(stacks: readonly S[]): readonly S[] =>
  stacks.map((stack) => ({
    ...stack,
    after: stacks.filter(({ after }) => after.includes(stack.id)).map(({ id }) => id),
  }));

/** The parts of the platform come before the members that wait for the same. */
const RANK = ['log-archive', 'security', 'management'];
const rank = ({ id }: Ordered): number => {
  const found = RANK.indexOf(id);
  return found === -1 ? RANK.length : found;
};

/**
 * One after the other, none before what it waits for; of several that could be next, the parts of
 * the platform first, then by id. Deterministic.
 * @throws Error where stacks wait for each other, which is a fault of the app.
 */
export function inOrder<S extends Ordered>(stacks: readonly S[]): readonly S[] {
  const known = new Set(stacks.map(({ id }) => id));
  const waiting = stacks.toSorted(
    (one, other) => rank(one) - rank(other) || (one.id < other.id ? -1 : 1),
  );
  const placed = new Set<string>();
  const order: S[] = [];
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ after }) =>
      after.every((id) => placed.has(id) || !known.has(id)),
    );
    const [stack] = next === -1 ? [] : waiting.splice(next, 1);
    if (stack === undefined)
      throw new Error(`stacks wait for each other: ${waiting.map(({ id }) => id).join(', ')}`);
    placed.add(stack.id);
    order.push(stack);
  }
  return order;
}
