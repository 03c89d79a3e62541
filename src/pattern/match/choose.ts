import { EventError } from '../errors';
import { accepts } from '../leaf';
import type { Value } from '../value';
import { type Arrays, placeFrom } from './arrays';
import { OUTSIDE } from './found';
import type { Field } from './rule-set';

/** Far more than the longest events need, unless keys over arrays are repeated to no end. */
const MOST_STEPS = 16_000_000;

/** A choice is remembered, a value only looked at. */
const STEPS_OF_CHOICE = 16;

const UNPINNED = -1;

/**
 * Whether one value per field can be chosen so that no two stand in different elements of the same
 * array. Fields are taken in the order of their paths: `exists: false` holds where no value agrees
 * with the choices made so far.
 *
 * The work grows with the values of the event and their logarithm. Only where a path comes from
 * several arrays (through keys that occur twice, or keys with dots) the problem is as hard as
 * satisfiability.
 * @throws EventError where it can't be told with a million choices
 */
export function canChoose(
  fields: readonly Field[],
  arrays: Arrays,
  read: (value: number) => Value,
): boolean {
  const pins = new Int32Array(arrays.last.length).fill(UNPINNED);
  const chosen: number[] = [];
  // The rest of a search depends on nothing but these.
  const inVain = new Set<string>();
  let steps = 0;

  function from(index: number): boolean {
    const field = fields[index];
    if (field === undefined) return true;
    step(STEPS_OF_CHOICE);
    const { path, leaf } = field;
    const state = `${index} ${liveElements(path)}`;
    if (inVain.has(state)) return false;
    let isAbsent = leaf.acceptsAbsent;
    const end = arrays.begin[path + 1] ?? 0;
    for (let place = arrays.begin[path] ?? 0; place < end; ) {
      const value = arrays.sorted[place] ?? 0;
      const element = arrays.element[value] ?? OUTSIDE;
      const contradicted = contradictionOf(element);
      if (contradicted !== OUTSIDE) {
        place = placeFrom(arrays, path, behind(contradicted));
        continue;
      }
      isAbsent = false;
      place += 1;
      step(1);
      if (!accepts(leaf, read(value))) continue;
      const outermost = pin(element);
      chosen.push(element);
      if (from(index + 1)) return true;
      chosen.pop();
      unpin(element, outermost);
    }
    if (isAbsent && from(index + 1)) return true;
    inVain.add(state);
    return false;
  }

  function step(count: number): void {
    steps += count;
    if (steps > MOST_STEPS)
      throw new EventError('the event repeats keys with arrays in them too often');
  }

  /** The element around a value that is not the one chosen of its array. */
  function contradictionOf(innermost: number): number {
    for (
      let element = innermost;
      element !== OUTSIDE;
      element = arrays.around[element] ?? OUTSIDE
    ) {
      const pinned = pins[arrays.array[element] ?? 0];
      if (pinned === element) return OUTSIDE;
      if (pinned !== UNPINNED) return element;
    }
    return OUTSIDE;
  }

  /** The chosen element where it is still to come, else the first one behind the array. */
  function behind(contradicted: number): number {
    const array = arrays.array[contradicted] ?? 0;
    const pinned = pins[array] ?? OUTSIDE;
    return contradicted < pinned ? pinned : (arrays.to[array] ?? 0);
  }

  /** @returns the first element around that was chosen already */
  function pin(innermost: number): number {
    let element = innermost;
    while (element !== OUTSIDE && pins[arrays.array[element] ?? 0] === UNPINNED) {
      pins[arrays.array[element] ?? 0] = element;
      element = arrays.around[element] ?? OUTSIDE;
    }
    return element;
  }

  function unpin(innermost: number, outermost: number): void {
    for (
      let element = innermost;
      element !== outermost;
      element = arrays.around[element] ?? OUTSIDE
    )
      pins[arrays.array[element] ?? 0] = UNPINNED;
  }

  /** The innermost chosen elements of arrays with values of this path or a later one. */
  function liveElements(path: number): string {
    const live = new Set<number>();
    for (const one of chosen) {
      let element = one;
      while (element !== OUTSIDE && (arrays.last[arrays.array[element] ?? 0] ?? 0) < path)
        element = arrays.around[element] ?? OUTSIDE;
      if (element !== OUTSIDE) live.add(element);
    }
    return [...live].sort((one, other) => one - other).join(' ');
  }

  return from(0);
}
