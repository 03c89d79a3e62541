import { isObject } from '#core';
import type { Column } from '../columns';

/** What keeps a value out of a column, as a sentence; undefined where it fits. Null is no value. */
export function misfit(value: unknown, column: Column, path: string): string | undefined {
  if (value === null) return undefined;
  if (column === 'string') return typeof value === 'string' ? undefined : `${path} is no text`;
  if (column === 'boolean') return typeof value === 'boolean' ? undefined : `${path} is no boolean`;
  if (column === 'bigint')
    return Number.isSafeInteger(value) ? undefined : `${path} is no whole number`;
  if (column === 'int') {
    const fits = Number.isSafeInteger(value) && Math.abs(value as number) < 2 ** 31;
    return fits ? undefined : `${path} is no whole number of 32 bits`;
  }
  if ('array' in column) {
    if (!Array.isArray(value)) return `${path} is no list`;
    for (const one of value) {
      const fault = misfit(one, column.array, `${path}[]`);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }
  return misfits(value, column.struct, path);
}

/** The same for an object and its columns; what has no column would be lost, and is a misfit. */
export function misfits(
  value: unknown,
  columns: { readonly [name: string]: Column },
  path = '',
): string | undefined {
  if (!isObject(value)) return `${path || 'the line'} is no object`;
  for (const name of Object.keys(value)) {
    const inner = path === '' ? name : `${path}.${name}`;
    const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
    if (column === undefined) return `${inner.slice(0, 100)} is no attribute known here`;
    const fault = misfit(value[name], column, inner);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
