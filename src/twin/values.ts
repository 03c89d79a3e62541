import { textAt } from '#core';
import { UnknownToTwin } from './errors';
import type { Built } from './terraform';

/** An argument that must be there. */
export function need(one: Built, key: string): string {
  const found = textAt(one.values, key);
  if (found === undefined) throw new UnknownToTwin(`${one.type}.${one.name} has no ${key}`);
  return found;
}

/** An object with the key, or without it where there is no value. */
export const optional = <K extends string, V>(key: K, value: V | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { readonly [k in K]?: V };
