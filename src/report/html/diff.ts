/** A line of two texts laid over each other. */
export interface DiffLine {
  readonly side: 'both' | 'before' | 'after';
  readonly text: string;
}

/** Texts of more lines are not compared: the work grows with the product of both. */
const MOST_LINES = 400;

/** JSON as text, one value a line; what is no JSON stays as it is. */
export function pretty(json: string): string {
  try {
    return JSON.stringify(unfolded(JSON.parse(json)), null, 2);
  } catch {
    return json;
  }
}

/** Policies come as JSON within JSON: they are unfolded, so that a changed statement shows. */
function unfolded(value: unknown): unknown {
  if (typeof value === 'string' && /^\s*[{[]/.test(value)) {
    try {
      return unfolded(JSON.parse(value));
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) return value.map(unfolded);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, unfolded(one)]));
  return value;
}

/** The lines of two texts, by their longest common subsequence; undefined where they are too long. */
export function diff(before: string, after: string): readonly DiffLine[] | undefined {
  const [old, now] = [before.split('\n'), after.split('\n')];
  if (old.length > MOST_LINES || now.length > MOST_LINES) return undefined;
  const width = now.length + 1;
  const common = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1)
      common[i * width + j] =
        old[i] === now[j]
          ? (common[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const isSame = i < old.length && j < now.length && old[i] === now[j];
    const isGone =
      j >= now.length ||
      (i < old.length && (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0));
    if (isSame) lines.push({ side: 'both', text: old[i] ?? '' });
    else if (isGone) lines.push({ side: 'before', text: old[i] ?? '' });
    else lines.push({ side: 'after', text: now[j] ?? '' });
    if (isSame || isGone) i += 1;
    if (isSame || !isGone) j += 1;
  }
  return lines;
}
