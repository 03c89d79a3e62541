import type { Glob } from './kinds/glob';

/** The beginning of one or more wildcards. */
interface Beginning {
  readonly id: number;
  /** Byte of UTF-8 → the beginning that is longer by it. */
  readonly next: Map<string, Beginning>;
  /** The beginning that is longer by a star. */
  star: Beginning | undefined;
  readonly isStar: boolean;
}

/** Sets of beginnings to look at before giving up: what is not told by then is too complex. */
const MOST_SETS = 5_000;

/** Stands for every byte that no wildcard names. */
const OTHER = '';

/**
 * How many beginnings of wildcards one value can match at the same time, at worst. The wildcards
 * of one `anything-but` share where they begin alike, and where they end. Stops counting at the limit.
 */
export function complexity(groups: readonly (readonly Glob[])[], limit: number): number {
  const bytes = new Set([OTHER]);
  let count = 0;
  const beginning = (isStar: boolean): Beginning => {
    count += 1;
    return { id: count, next: new Map(), star: undefined, isStar };
  };
  const starts = groups.map((globs) => {
    const group = { start: beginning(false), end: beginning(false) };
    for (const glob of globs) add(group, glob, bytes, beginning);
    return group.start;
  });
  return mostActive(withStars(starts), bytes, limit);
}

function add(
  { start, end }: { readonly start: Beginning; readonly end: Beginning },
  glob: Glob,
  bytes: Set<string>,
  beginning: (isStar: boolean) => Beginning,
): void {
  let at = start;
  for (const [index, piece] of glob.entries()) {
    if (index > 0) {
      at.star ??= beginning(true);
      at = at.star;
    }
    const text = Buffer.from(piece).toString('latin1');
    for (const [offset, byte] of [...text].entries()) {
      const isLast = index === glob.length - 1 && offset === text.length - 1;
      const next = at.next.get(byte) ?? (isLast ? end : beginning(false));
      at.next.set(byte, next);
      at = next;
      bytes.add(byte);
    }
  }
}

function mostActive(
  start: readonly Beginning[],
  bytes: ReadonlySet<string>,
  limit: number,
): number {
  const seen = new Set<string>();
  const ahead = [start];
  let most = 0;
  for (let active = ahead.pop(); active !== undefined; active = ahead.pop()) {
    for (const byte of bytes) {
      const next = after(active, byte);
      const key = next.map(({ id }) => id).join();
      if (seen.has(key)) continue;
      seen.add(key);
      most = Math.max(most, next.length);
      if (most >= limit || seen.size > MOST_SETS) return limit;
      ahead.push(next);
    }
  }
  return most;
}

function after(active: readonly Beginning[], byte: string): readonly Beginning[] {
  const reached = active.flatMap((one) => {
    const next = one.next.get(byte);
    return [...(one.isStar ? [one] : []), ...(next === undefined ? [] : [next])];
  });
  return withStars(reached);
}

/** A star is reached as soon as what stands before it, for it may be empty. */
const withStars = (reached: readonly Beginning[]): readonly Beginning[] =>
  [...new Set(reached.flatMap((one) => (one.star === undefined ? [one] : [one, one.star])))].sort(
    (one, other) => one.id - other.id,
  );
