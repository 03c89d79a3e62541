import { type Answer, isObject, type Json } from '#core';
import { modeGate } from './mode-gate';
import type { Ports } from './ports';

/** Operation id → what it answers. Missing or null: there is none. `{"$refused": code}`: denied. */
export type OfflineState = Readonly<Record<string, Json>>;

/** What an operation answers from a state that was written down. */
export function answerFrom(state: OfflineState, operation: string): Answer {
  const value = Object.hasOwn(state, operation) ? state[operation] : null;
  if (value === null || value === undefined) return { kind: 'absent' };
  if (isObject(value) && typeof value.$refused === 'string')
    return { kind: 'refused', why: 'denied', code: value.$refused };
  return { kind: 'found', value };
}

/** Ports that need no account: reads are answered from `state`, and nothing is ever written. */
export function offlinePorts(state: OfflineState, now: () => Date): Ports {
  return {
    look: async (call) => answerFrom(state, call.operation),
    act: () => {
      throw new Error('offline, no call is made');
    },
    lastGood: async () => undefined,
    remember: async () => undefined,
    claim: async () => ({ kind: 'granted', fence: 1 }),
    keep: async () => undefined,
    record: async () => undefined,
    now,
    gates: [
      async (intent) =>
        intent.mode === 'enforce'
          ? { go: false, outcome: 'held', reason: 'offline, no call is made' }
          : modeGate(intent),
    ],
  };
}
