import { at, isObject, type Json, type JsonObject } from '#core';

/** The account's state with one thing put, or taken out where it is undefined, at a path of keys. */
export function put(world: Json, path: readonly string[], thing: unknown): Json {
  const [key, ...rest] = path;
  if (key === undefined) return (thing ?? null) as Json;
  const here: JsonObject = isObject(world) ? world : {};
  if (rest.length > 0) return { ...here, [key]: put(at(here, key) ?? {}, rest, thing) };
  const { [key]: _, ...others } = here;
  return thing === undefined ? others : { ...others, [key]: thing as Json };
}

/** What lies at a path of keys, by key; empty where nothing does. */
export function under(world: Json, ...path: readonly string[]): JsonObject {
  const found = at(world, ...path);
  return isObject(found) ? found : {};
}
