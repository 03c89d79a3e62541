import { isObject, type Json } from '#core';
import { either, type Fault } from './fault';

/**
 * Conditions outside of a `$or` that each of its branches sets anew: the last one written counts,
 * so the one outside is never asked, and Terraform sorts the keys.
 */
export function overwritten(pattern: Json): Fault | undefined {
  return isObject(pattern) ? inObject(pattern, '') : undefined;
}

function inObject(object: { readonly [key: string]: Json }, above: string): Fault | undefined {
  const branches = object.$or;
  if (Array.isArray(branches)) {
    const own = valuesIn(object, above);
    const inEach = branches.map((branch: Json) => valuesIn(branch, above));
    for (const [at, values] of own) {
      const inner = inEach.map((one) => one.get(at));
      if (inner.length === 0 || inner.some((one) => one === undefined)) continue;
      if (inner.some((one) => one?.some((value) => values.includes(value)))) continue;
      return {
        at,
        reason: `${either(values)} and ${either(inner.flatMap((one) => one ?? []))} can't both hold, and of conditions inside and outside of a "$or" only the last one written counts`,
        mend: `leave "${at}" out on one side of the "$or"`,
      };
    }
  }
  for (const [key, value] of Object.entries(object)) {
    if (!isObject(value)) continue;
    const found = inObject(value, above === '' ? key : `${above}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Path → the strings that stand there, outside of any `$or`. */
function valuesIn(value: Json, above: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  if (!isObject(value)) return found;
  for (const [key, inner] of Object.entries(value)) {
    if (key === '$or') continue;
    const path = above === '' ? key : `${above}.${key}`;
    if (Array.isArray(inner)) {
      const strings = inner.filter((one: Json) => typeof one === 'string');
      if (strings.length === inner.length) found.set(path, strings);
    } else for (const [one, strings] of valuesIn(inner, path)) found.set(one, strings);
  }
  return found;
}
