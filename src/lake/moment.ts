/** Years that OCSF's consumers, Parquet and `YYYYMMDD` all can say. */
const FIRST = Date.UTC(2006, 0, 1);
const LAST = Date.UTC(9999, 0, 1);

/** Epoch milliseconds of an ISO 8601 text, or undefined where it tells no moment since AWS began. */
export function momentOf(text: string | undefined): number | undefined {
  // Date.parse takes `1` and `May 3`, in the time zone of the machine.
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text))
    return undefined;
  const time = Date.parse(text);
  return time >= FIRST && time < LAST ? time : undefined;
}

/** A moment as RFC 3339 in UTC. */
export const rfc3339 = (time: number): string => new Date(time).toISOString();

/** Leaves out what is undefined: an attribute without a value is absent. */
export const present = <T extends object>(parts: T) =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T as undefined extends T[K] ? never : K]: T[K];
  } & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };
