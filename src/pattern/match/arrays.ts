import { type Found, NONE, OUTSIDE } from './found';

/**
 * How an event's values stand in the elements of its arrays, as far as two of them can contradict
 * each other: an array of which only one element has values might as well not be there.
 */
export interface Arrays {
  /** Of each element: the next one around it that counts, and its array. */
  readonly around: Int32Array;
  readonly array: Int32Array;
  /** Of each array: the first element behind it. What is in an element has numbers above its own. */
  readonly to: Int32Array;
  /** Of each array: the highest path with values in it. */
  readonly last: Int32Array;
  /** Of each value: the innermost element around it that counts. */
  readonly element: Int32Array;
  /** The values by path and element, and where those of each path begin. */
  readonly sorted: Int32Array;
  readonly begin: Int32Array;
}

export function arraysOf(found: Found): Arrays {
  const { around, counted } = countedElements(found);
  const paths = found.first.length;
  const element = new Int32Array(found.values);
  for (let value = 0; value < found.values; value += 1) {
    element[value] = counted[found.element[value] ?? OUTSIDE] ?? OUTSIDE;
  }
  const all = Int32Array.from({ length: found.values }, (_, value) => value);
  const byElement = sortedBy(element, found.elements, all).sorted;
  return {
    around,
    array: found.array,
    to: found.to,
    last: lastPaths(found, around, element),
    element,
    ...sortedBy(found.path, paths, byElement),
  };
}

function countedElements(found: Found): { around: Int32Array; counted: Int32Array } {
  const around = new Int32Array(found.elements);
  const counted = new Int32Array(found.elements);
  for (let element = 1; element < found.elements; element += 1) {
    around[element] = counted[found.parent[element] ?? OUTSIDE] ?? OUTSIDE;
    const filled = found.filled[found.array[element] ?? 0] ?? 0;
    counted[element] = filled > 1 ? element : (around[element] ?? OUTSIDE);
  }
  return { around, counted };
}

function lastPaths(found: Found, around: Int32Array, elementOf: Int32Array): Int32Array {
  const inElement = new Int32Array(found.elements).fill(NONE);
  const inArray = new Int32Array(found.arrays).fill(NONE);
  for (let value = 0; value < found.values; value += 1) {
    const element = elementOf[value] ?? OUTSIDE;
    inElement[element] = Math.max(inElement[element] ?? NONE, found.path[value] ?? NONE);
  }
  for (let element = found.elements - 1; element > 0; element -= 1) {
    const last = inElement[element] ?? NONE;
    const outer = around[element] ?? OUTSIDE;
    const array = found.array[element] ?? 0;
    inElement[outer] = Math.max(inElement[outer] ?? NONE, last);
    inArray[array] = Math.max(inArray[array] ?? NONE, last);
  }
  return inArray;
}

/** Sorts values by a column, those of equal numbers in the order they are given in. */
function sortedBy(
  column: Int32Array,
  numbers: number,
  values: Int32Array,
): { sorted: Int32Array; begin: Int32Array } {
  const begin = new Int32Array(numbers + 1);
  for (const value of values) {
    const after = (column[value] ?? 0) + 1;
    begin[after] = (begin[after] ?? 0) + 1;
  }
  for (let number = 0; number < numbers; number += 1)
    begin[number + 1] = (begin[number + 1] ?? 0) + (begin[number] ?? 0);
  const next = begin.slice();
  const sorted = new Int32Array(values.length);
  for (const value of values) {
    const number = column[value] ?? 0;
    const place = next[number] ?? 0;
    sorted[place] = value;
    next[number] = place + 1;
  }
  return { sorted, begin };
}

/** The first place in a path's values that is in an element or behind it. */
export function placeFrom(
  { sorted, begin, element: elementOf }: Arrays,
  path: number,
  element: number,
): number {
  let low = begin[path] ?? 0;
  let high = begin[path + 1] ?? 0;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((elementOf[sorted[middle] ?? 0] ?? 0) < element) low = middle + 1;
    else high = middle;
  }
  return low;
}
