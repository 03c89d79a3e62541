import type { JsonObject } from '#core';
import { detailTypes } from '../cloudtrail';
import type { Call } from './calls';

/** An event pattern as data; its compact JSON text is what a rule holds. */
export type EventPattern = JsonObject;

/** A pattern's compact JSON text. */
export const patternText = (pattern: EventPattern): string => JSON.stringify(pattern);

/**
 * The pattern that matches these calls and nothing else. Services are told apart by `eventSource`;
 * `source` only keeps out what an account puts on its bus itself, for none may put `aws.` there.
 *
 * No path stands both inside and outside of a `$or`: there the order of the keys would decide, and
 * Terraform's provider sorts them.
 */
export function patternOf(
  calls: readonly Call[],
  replays: 'included' | 'excluded' = 'included',
): EventPattern {
  const kinds = groups(calls, ({ source, failed }) =>
    JSON.stringify([detailTypes(source), failed]),
  );
  return {
    ...anyOf(kinds.map(clauseOf)),
    ...(replays === 'excluded' ? { 'replay-name': ABSENT } : {}),
    source: [{ prefix: 'aws.' }],
  };
}

const ABSENT = [{ exists: false }];

/** Calls of one kind: they share their detail types, and whether failed ones match. */
function clauseOf(calls: readonly Call[]): JsonObject {
  const [first] = calls;
  const errorCode = first?.failed === 'ignored' ? { errorCode: ABSENT } : {};
  return {
    detail: sorted({ ...errorCode, ...anyOf(pairsOf(calls)) }),
    'detail-type': first === undefined ? [] : detailTypes(first.source),
  };
}

/** Event names with their services: 33 names occur in more than one service. */
function pairsOf(calls: readonly Call[]): readonly JsonObject[] {
  const services = groups(calls, ({ source }) => source).map((ofOne) => ({
    source: ofOne[0]?.source ?? '',
    names: ofOne.map(({ name }) => name),
  }));
  return groups(services, ({ names }) => names.join()).map((alike) => ({
    eventName: alike[0]?.names ?? [],
    eventSource: alike.map(({ source }) => source),
  }));
}

const anyOf = (clauses: readonly JsonObject[]): JsonObject =>
  clauses.length > 1 ? { $or: clauses } : (clauses[0] ?? {});

const sorted = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).sort(([one], [other]) => (one < other ? -1 : 1)));

function groups<T>(all: readonly T[], keyOf: (one: T) => string): readonly T[][] {
  const found = new Map<string, T[]>();
  for (const one of all) {
    const group = found.get(keyOf(one));
    if (group === undefined) found.set(keyOf(one), [one]);
    else group.push(one);
  }
  return [...found.values()];
}
