import { type Json, type JsonObject, UserError } from '#core';

/** What earlier steps' calls answered, by the step's id. */
export type Answers = ReadonlyMap<string, unknown>;

const PLACE = /^\$\{answer:([^:}]+):([^}]+)\}$/;

/**
 * An input with what AWS chose filled in: a text `${answer:ID:PATH}` stands for the value at that
 * dotted path in the answer to the step with that id; a number in the path counts in a list from 0.
 * @throws UserError where no earlier step has the id, or its answer nothing at the path.
 */
export function filledIn(input: JsonObject, answers: Answers): JsonObject {
  return Object.fromEntries(
    Object.entries(input).map(([key, value]) => [key, filled(value, answers)]),
  );
}

function filled(value: Json, answers: Answers): Json {
  if (Array.isArray(value)) return value.map((one) => filled(one, answers));
  if (typeof value === 'object' && value !== null) return filledIn(value as JsonObject, answers);
  const [text, id, path] = typeof value === 'string' ? (PLACE.exec(value) ?? []) : [];
  if (text === undefined || id === undefined || path === undefined) return value;
  if (!answers.has(id)) throw new UserError(`no earlier step has the id ${id}`);
  const found = path.split('.').reduce<unknown>(valueAt, answers.get(id));
  if (found === undefined) throw new UserError(`the answer to ${id} has no ${path}`);
  return found as Json;
}

const valueAt = (from: unknown, key: string): unknown =>
  typeof from === 'object' && from !== null && Object.hasOwn(from, key)
    ? (from as Record<string, unknown>)[key]
    : undefined;
