import { NOWHERE } from './path-tree';

/** No value, or the end of a chain of values. */
export const NONE = -1;

/** The element that is none: the event itself. */
export const OUTSIDE = 0;

/**
 * The values of an event that paths lead to, in the order of the document, and the elements of
 * arrays they stand in. Columns, and used again from event to event.
 */
export interface Found {
  values: number;
  /** Of each value: its path, its bytes, the innermost element around it. */
  path: Int32Array;
  start: Int32Array;
  end: Int32Array;
  element: Int32Array;
  /** The next value of the same path. */
  next: Int32Array;
  /** By path: its first and its last value, or NONE; whether one of them stands in an array. */
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly isInArray: Uint8Array;

  elements: number;
  /** Of each element: the element around its array, and its array. */
  parent: Int32Array;
  array: Int32Array;
  hasValues: Uint8Array;

  arrays: number;
  /** Of each array: how many of its elements have values, and the first element behind it. */
  filled: Int32Array;
  to: Int32Array;
  /** Whether two elements of one array have values: only then they can contradict each other. */
  isAmbiguous: boolean;
}

export const found = (paths: number): Found => ({
  values: 0,
  path: new Int32Array(64),
  start: new Int32Array(64),
  end: new Int32Array(64),
  element: new Int32Array(64),
  next: new Int32Array(64),
  first: new Int32Array(paths).fill(NONE),
  last: new Int32Array(paths).fill(NONE),
  isInArray: new Uint8Array(paths),
  elements: 1,
  parent: new Int32Array(64).fill(NOWHERE),
  array: new Int32Array(64),
  hasValues: new Uint8Array(64),
  arrays: 0,
  filled: new Int32Array(64),
  to: new Int32Array(64),
  isAmbiguous: false,
});

/** Forgets the event before. */
export function clear(of: Found): void {
  const { path, first, last, isInArray } = of;
  for (let value = 0; value < of.values; value += 1) {
    const at = path[value] ?? 0;
    first[at] = NONE;
    last[at] = NONE;
    isInArray[at] = 0;
  }
  of.values = 0;
  of.elements = 1;
  of.arrays = 0;
  of.isAmbiguous = false;
}

export function addValue(
  of: Found,
  path: number,
  start: number,
  end: number,
  element: number,
): void {
  const value = of.values;
  if (value === of.path.length) growValues(of);
  of.values = value + 1;
  of.path[value] = path;
  of.start[value] = start;
  of.end[value] = end;
  of.element[value] = element;
  of.next[value] = NONE;
  const last = of.last[path] ?? NONE;
  if (last === NONE) of.first[path] = value;
  else of.next[last] = value;
  of.last[path] = value;
  if (element === OUTSIDE) return;
  of.isInArray[path] = 1;
  markFilled(of, element);
}

/** Counts an element, and those around it, as soon as there is a value in it. */
function markFilled(of: Found, innermost: number): void {
  let element = innermost;
  while (element !== OUTSIDE && of.hasValues[element] === 0) {
    of.hasValues[element] = 1;
    const array = of.array[element] ?? 0;
    const count = (of.filled[array] ?? 0) + 1;
    of.filled[array] = count;
    if (count > 1) of.isAmbiguous = true;
    element = of.parent[element] ?? OUTSIDE;
  }
}

/** @returns the new element of an array that stands in the element `parent` */
export function openElement(of: Found, array: number, parent: number): number {
  const element = of.elements;
  if (element === of.parent.length) growElements(of);
  of.elements = element + 1;
  of.parent[element] = parent;
  of.array[element] = array;
  of.hasValues[element] = 0;
  return element;
}

/** @returns the new array */
export function openArray(of: Found): number {
  const array = of.arrays;
  if (array === of.filled.length) growArrays(of);
  of.arrays = array + 1;
  of.filled[array] = 0;
  return array;
}

export function closeArray(of: Found, array: number): void {
  of.to[array] = of.elements;
}

function growValues(of: Found): void {
  of.path = doubled(of.path);
  of.start = doubled(of.start);
  of.end = doubled(of.end);
  of.element = doubled(of.element);
  of.next = doubled(of.next);
}

function growElements(of: Found): void {
  of.parent = doubled(of.parent);
  of.array = doubled(of.array);
  const hasValues = new Uint8Array(2 * of.hasValues.length);
  hasValues.set(of.hasValues);
  of.hasValues = hasValues;
}

function growArrays(of: Found): void {
  of.filled = doubled(of.filled);
  of.to = doubled(of.to);
}

function doubled(column: Int32Array): Int32Array {
  const longer = new Int32Array(2 * column.length);
  longer.set(column);
  return longer;
}
