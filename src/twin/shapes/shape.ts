import type { Answer, Json, JsonObject } from '#core';

/** A call as the trail saw it. */
export interface Recorded {
  readonly operation: string;
  readonly input: Json;
  readonly answer: Answer;
  readonly account: string;
  readonly region: string;
  readonly caller: JsonObject;
  readonly at: Date;
}

/** How a service writes request and answer of a call into its record. */
export interface Shape {
  readonly request: (call: Recorded) => Json;
  /** Of a call that succeeded. */
  readonly response: (call: Recorded) => Json;
}

export const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** The names of the SDK with the first letter lowered, at every depth. */
export function lowered(value: Json): Json {
  if (Array.isArray(value)) return value.map(lowered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [lowerFirst(key), lowered(inner)]),
  );
}

export const answered = ({ answer }: Recorded): Json =>
  answer.kind === 'found' ? (answer.value as Json) : null;

/** Only the names at the top lowered, and no answer: how most services write. */
export const plainly: Shape = {
  request: ({ input }) =>
    Object.fromEntries(
      Object.entries(input as JsonObject).map(([key, value]) => [lowerFirst(key), value]),
    ),
  response: () => null,
};
