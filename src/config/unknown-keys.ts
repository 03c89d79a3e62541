import { at, isObject, type Json } from '#core';
import { suggestion } from '#core/nearest';
import type { Problem } from './errors';
import type { Path, Source } from './source';

/** Every key that a closed JSON Schema does not know, at any depth. */
export function unknownKeys(source: Source, schema: Json): readonly Problem[] {
  return within(source, schema, source.value, []);
}

function within(source: Source, schema: Json | undefined, value: unknown, path: Path): Problem[] {
  const part = branchFor(schema, value);
  if (Array.isArray(value))
    return value.flatMap((item, i) => within(source, at(part, 'items'), item, [...path, i]));
  if (!isObject(value) || !isObject(part)) return [];
  const properties = at(part, 'properties') ?? {};
  const others = at(part, 'additionalProperties');
  return Object.entries(value).flatMap(([key, inner]) => {
    const known = at(properties, key) ?? (isObject(others) ? others : undefined);
    if (known !== undefined) return within(source, known, inner, [...path, key]);
    if (others !== false) return [];
    const remedy = suggestion(
      key,
      Object.keys(properties).filter((name) => name !== '*'),
    );
    return [source.atKey([...path, key], `unknown ${noun(path)} "${key}"`, remedy)];
  });
}

const noun = (path: Path): string =>
  path.length === 1 && path[0] === 'guardrails'
    ? 'guardrail'
    : path.includes('settings')
      ? 'setting'
      : 'key';

/** Of alternatives the one whose constants the value has. */
function branchFor(schema: Json | undefined, value: unknown): Json | undefined {
  const branches = at(schema, 'oneOf') ?? at(schema, 'anyOf');
  if (!Array.isArray(branches)) return schema;
  return branches.find((branch: Json) => {
    const properties = at(branch, 'properties');
    if (!isObject(properties)) return false;
    return Object.entries(properties).every(([key, property]) => {
      const constant = at(property, 'const');
      return constant === undefined || constant === at(value, key);
    });
  });
}
