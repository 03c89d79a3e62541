/** Which events are asked about; what is absent does not matter. */
export interface Scope {
  /** Events of this moment and later, milliseconds. */
  readonly since?: number | undefined;
  /** Events before this moment, milliseconds. */
  readonly until?: number | undefined;
  readonly accounts?: ReadonlySet<string> | undefined;
  readonly regions?: ReadonlySet<string> | undefined;
}

const DAY = 86_400_000;

/** `…/<account>/CloudTrail/<Region>/YYYY/MM/DD`, as far as a path goes. */
const LAYOUT =
  /\/(\d{12})\/CloudTrail(?:-\w+)?(?:\/([a-z]{2}(?:-[a-z]+)+-\d)(?:\/(\d{4})(?:\/(\d\d)(?:\/(\d\d))?)?)?)?(?=\/|$)/;

/**
 * Whether a file or folder of a trail can hold events that are asked about, told by its path alone.
 * Folders are named for the day of delivery, which may be the day after the call.
 */
export function mayHold(path: string, { since, until, accounts, regions }: Scope): boolean {
  const [, account, region, year, month, day] = LAYOUT.exec(path) ?? [];
  if (account !== undefined && accounts?.has(account) === false) return false;
  if (region !== undefined && regions?.has(region) === false) return false;
  if (year === undefined) return true;
  const [y, m, d] = [Number(year), Number(month ?? 1), Number(day ?? 1)];
  const first = Date.UTC(y, m - 1, d);
  const end = Date.UTC(
    ...((month === undefined
      ? [y + 1, 0, 1]
      : day === undefined
        ? [y, m, 1]
        : [y, m - 1, d + 1]) as [number, number, number]),
  );
  return (since === undefined || end > since) && (until === undefined || first < until + DAY);
}

/** Whether an event is one of those that are asked about. */
export const isIn = (
  { since, until, accounts, regions }: Scope,
  { account, region, at }: { readonly account: string; readonly region: string; at: number },
): boolean =>
  (since === undefined || at >= since) &&
  (until === undefined || at < until) &&
  (accounts?.has(account) ?? true) &&
  (regions?.has(region) ?? true);
