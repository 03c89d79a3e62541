import type { Access, Trigger } from '#core';
import { detailTypes } from '../cloudtrail';

/** One event name of one service, and what a rule must know to forward it. */
export interface Call {
  /** The event source, e.g. `s3.amazonaws.com`. */
  readonly source: string;
  readonly name: string;
  readonly access: Access;
  /** Whether its failed calls match as well. */
  readonly failed: Trigger['failed'];
}

/** The calls of triggers, each once, sorted. A call that one trigger wants judged when failed is. */
export function callsOf(triggers: readonly Trigger[]): readonly Call[] {
  const calls = new Map<string, Call>();
  for (const { operation, failed } of triggers)
    for (const name of operation.trail.names) {
      const call: Call = { source: operation.trail.source, name, access: operation.access, failed };
      const key = JSON.stringify([call.source, name]);
      const before = calls.get(key);
      calls.set(key, {
        ...call,
        access: before?.access === 'read' ? 'read' : call.access,
        failed: before?.failed === 'judged' ? 'judged' : failed,
      });
    }
  return [...calls.values()].sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
}

/** Calls that share parts of a pattern stand side by side. */
const sortKey = ({ source, name, failed }: Call): string =>
  JSON.stringify([detailTypes(source), failed, source, name]);
