/** A clock that stands still until it is told to go on. */
export interface Clock {
  now(): Date;
  /** Goes on by milliseconds. */
  pass(ms: number): void;
  /** Goes on to a moment, never back. */
  reach(moment: Date): void;
}

export function clockFrom(start: Date): Clock {
  let time = start.getTime();
  return {
    now: () => new Date(time),
    pass: (ms) => {
      time += ms;
    },
    reach: (moment) => {
      time = Math.max(time, moment.getTime());
    },
  };
}

/**
 * How long things take in the twin, milliseconds: assumptions, typical and not promised by AWS.
 * What real accounts see is for canaries to measure.
 */
export const DELAYS = {
  /** From the call to the member's default bus. */
  trail: 3000,
  /** From one bus to the next, and from the bus to a queue. */
  hop: 300,
  /** From the queue to the function. */
  poll: 100,
  /** One API call of the responder. */
  call: 80,
} as const;
