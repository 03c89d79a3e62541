/** One place on the way of an event. */
export interface Hop {
  readonly hop: 'call' | 'trail' | 'rule' | 'bus' | 'log group' | 'responder' | 'lake';
  /**
   * seen: it was there. passed: not looked at, but seen further on. off: the configuration has none.
   * not waited for: it takes longer than was asked for. lost: not seen in time, and all before it was.
   * unknown: it could not be looked at, or comes after what was lost.
   */
  readonly state: 'seen' | 'passed' | 'off' | 'not waited for' | 'lost' | 'unknown';
  /** ISO 8601, where the place tells one. */
  readonly at?: string;
  /** Since the call. */
  readonly milliseconds?: number;
  readonly because?: string;
}

/** What was found at each place that was looked at. */
export type Sightings = Readonly<
  Partial<Record<Hop['hop'], Pick<Hop, 'state' | 'because'> & { readonly at?: Date | undefined }>>
>;

const ORDER: readonly Hop['hop'][] = [
  ...(['call', 'trail', 'rule', 'bus', 'log group', 'responder', 'lake'] as const),
];
/** What one place proves of those before it: lake and log group are beside each other on the bus. */
const PROVES: Readonly<Partial<Record<Hop['hop'], readonly Hop['hop'][]>>> = {
  rule: ['trail'],
  bus: ['trail', 'rule'],
  'log group': ['trail', 'rule', 'bus'],
  responder: ['trail', 'rule', 'bus'],
  lake: ['trail', 'rule', 'bus'],
};

/**
 * The way of a call from what was seen of it, in order. Whatever lies before a place that saw it was
 * passed, though nobody saw it there; of places not seen in time the first is where it was lost.
 */
export function wayOf(called: Date, sightings: Sightings): readonly Hop[] {
  const proven = new Set(
    ORDER.flatMap((hop) => (sightings[hop]?.state === 'seen' ? (PROVES[hop] ?? []) : [])),
  );
  let lostAt: Hop['hop'] | undefined;
  return ORDER.map((hop): Hop => {
    const { at, state = 'unknown', because } = sightings[hop] ?? {};
    const reason = because === undefined ? {} : { because };
    if (state === 'seen')
      return {
        ...{ hop, state },
        ...(at ? { at: at.toISOString(), milliseconds: at.getTime() - called.getTime() } : {}),
        ...reason,
      };
    if (proven.has(hop)) return { hop, state: 'passed' };
    // The log group, the responder and the lake are fed by the bus, not by each other.
    const isBlind = lostAt !== undefined && !isBesideTheBus(lostAt);
    if (isBlind && state !== 'off')
      return { hop, state: 'unknown', because: `it comes after the ${lostAt}` };
    if (state === 'lost') lostAt ??= hop;
    return { hop, state, ...reason };
  });
}

const isBesideTheBus = (hop: Hop['hop']): boolean =>
  hop === 'log group' || hop === 'responder' || hop === 'lake';
