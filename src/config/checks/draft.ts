import { type AnyGuardrail, isObject, type JsonObject, at as valueAt } from '#core';
import type { Problem } from '../errors';
import type { Snapshot } from '../snapshot';
import type { Source } from '../source';

/**
 * What is checked: the file as it is written, whatever its shape, so that one mistake does not hide
 * another. Checks skip what has the wrong type; shape.ts has told that already.
 */
export interface Draft {
  readonly source: Source;
  /** Undefined where it cannot be read. */
  readonly snapshot: Snapshot | undefined;
  readonly guardrails: readonly AnyGuardrail[];
}

export type Check = (draft: Draft) => readonly Problem[];

/** The mapping at a path, or an empty one. */
export function mappingAt(draft: Pick<Draft, 'source'>, ...path: readonly string[]): JsonObject {
  const found = valueAt(draft.source.value, ...path);
  return isObject(found) ? found : {};
}
