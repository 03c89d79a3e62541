/** How long nobody is asked after the receiver refused the forwarder itself. */
export const OPEN_FOR_MS = 60_000;

/**
 * Whether the receiver is asked at all. It opens when the receiver refuses the forwarder rather
 * than a record; half-open, one request tries again.
 */
export type Circuit =
  | { readonly kind: 'closed' }
  | { readonly kind: 'open'; readonly until: number; readonly code: string };

export const CLOSED: Circuit = { kind: 'closed' };

export const opened = (now: number, code: string): Circuit => ({
  kind: 'open',
  until: now + OPEN_FOR_MS,
  code,
});

export function stateOf(circuit: Circuit, now: number): 'closed' | 'open' | 'half-open' {
  if (circuit.kind === 'closed') return 'closed';
  return now < circuit.until ? 'open' : 'half-open';
}
