/** Why an object of the lake, or lines of it, did not go into the compacted file. */
export type RefusalKind =
  /** Its place is none of the lake's: not `class=<uid>/event_day=<day>/<name>`. */
  | 'foreign-object'
  /** Nothing is in it. */
  | 'empty'
  /** Larger than is read: the object, unpacked, or one line. */
  | 'oversized'
  /** Cut off: it ends within a line, within its compression, or lacks Parquet's footer. */
  | 'half-written'
  | 'not-utf8'
  | 'not-json'
  /** JSON, but not a row: an attribute of another type, unknown, or missing. */
  | 'not-a-row'
  /** A row of another class than its folder's. */
  | 'wrong-class'
  /** Parquet that cannot be read or has other columns. */
  | 'bad-parquet'
  /** It could not be opened or read. */
  | 'unreadable';

/** One kind of refusal of one object; lines of the same kind are counted together. */
export interface Refusal {
  /** The path below the lake's root. */
  readonly object: string;
  readonly kind: RefusalKind;
  /** Of the first. */
  readonly reason: string;
  /** The first line concerned, from 1; absent where the whole object is. */
  readonly line?: number;
  /** Lines refused; 1 for a whole object. */
  readonly count: number;
}

/** Gathers refusals; lines of one kind in one object become one entry. */
export function refusals() {
  const found = new Map<string, Refusal>();
  return {
    add(one: Omit<Refusal, 'count'>): void {
      const key = JSON.stringify([one.object, one.kind]);
      const earlier = found.get(key);
      found.set(key, earlier ? { ...earlier, count: earlier.count + 1 } : { ...one, count: 1 });
    },
    has: (object: string): boolean => [...found.values()].some((one) => one.object === object),
    all: (): readonly Refusal[] => [...found.values()].toSorted(byObject),
  };
}

const byObject = (one: Refusal, other: Refusal): number =>
  one.object < other.object ? -1 : one.object > other.object ? 1 : 0;

export type Refusals = ReturnType<typeof refusals>;
