import { isObject } from '#core';
import type { Column } from '../columns';

/** What does not fit: where, from the value inwards (`.name` or `[]`), and why. */
interface Misfit {
  readonly path: string;
  readonly is: string;
}

/**
 * What keeps an object out of its columns, as a sentence; undefined where it fits. Null is no value;
 * what has no column would be lost, and is a misfit.
 */
export function misfits(
  value: unknown,
  columns: { readonly [name: string]: Column },
): string | undefined {
  const found = misfitOf(value, columns);
  if (found === undefined) return undefined;
  return `${found.path.slice(1, 101) || 'the line'} ${found.is}`;
}

// Rows come by the million and nearly all fit: the path is put together only of one that does not.
function misfitOf(
  value: unknown,
  columns: { readonly [name: string]: Column },
): Misfit | undefined {
  if (!isObject(value)) return { path: '', is: 'is no object' };
  for (const name of Object.keys(value)) {
    const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
    if (column === undefined) return { path: `.${name}`, is: 'is no attribute known here' };
    const inner = misfit(value[name], column);
    if (inner !== undefined) return { path: `.${name}${inner.path}`, is: inner.is };
  }
  return undefined;
}

const NO_TEXT: Misfit = { path: '', is: 'is no text' };
const NO_BOOLEAN: Misfit = { path: '', is: 'is no boolean' };
const NO_WHOLE_NUMBER: Misfit = { path: '', is: 'is no whole number' };
const NO_SMALL_NUMBER: Misfit = { path: '', is: 'is no whole number of 32 bits' };
const NO_LIST: Misfit = { path: '', is: 'is no list' };

function misfit(value: unknown, column: Column): Misfit | undefined {
  if (value === null) return undefined;
  if (column === 'string') return typeof value === 'string' ? undefined : NO_TEXT;
  if (column === 'boolean') return typeof value === 'boolean' ? undefined : NO_BOOLEAN;
  if (column === 'bigint') return Number.isSafeInteger(value) ? undefined : NO_WHOLE_NUMBER;
  if (column === 'int') {
    const fits = Number.isSafeInteger(value) && Math.abs(value as number) < 2 ** 31;
    return fits ? undefined : NO_SMALL_NUMBER;
  }
  if ('struct' in column) return misfitOf(value, column.struct);
  if (!Array.isArray(value)) return NO_LIST;
  for (const one of value) {
    const inner = misfit(one, column.array);
    if (inner !== undefined) return { path: `[]${inner.path}`, is: inner.is };
  }
  return undefined;
}
