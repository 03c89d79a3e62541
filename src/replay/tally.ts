import type { TrailEvent } from '#core';
import type { Judged } from './judge';

/** What became of a guardrail's calls. */
export interface Counts {
  /** Events that wake it. */
  readonly wakes: number;
  /** Resources that the event alone convicts, or clears. */
  readonly violates: number;
  readonly complies: number;
  /** Resources whose state would have had to be read. */
  readonly stateNotKnown: number;
  /** Calls of its triggers that failed and woke nothing. */
  readonly failed: number;
  /** Who made the calls, failed ones too; most calls first, at most five. */
  readonly principals: readonly { readonly principal: string; readonly calls: number }[];
}

/** What a guardrail would have seen in an account and Region on a day. */
export interface Row extends Counts {
  readonly guardrail: string;
  /** Of the call, UTC: `2026-11-20`. */
  readonly day: string;
  readonly account: string;
  readonly region: string;
}

/** What a guardrail would have seen in all. */
export interface Total extends Counts {
  readonly guardrail: string;
  /** How many have calls of its triggers. */
  readonly accounts: number;
  readonly regions: number;
  readonly days: number;
}

/** Adds up what became of events; every guardrail has a total. */
export function tally(guardrails: readonly { readonly id: string }[]) {
  const counters = new Map<string, Counter>();
  const totals = new Map(guardrails.map(({ id }) => [id, counter()]));
  const inOrder = () => [...counters].sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    add(event: TrailEvent, judged: Judged): void {
      const day = new Date(event.time).toISOString().slice(0, 10);
      const key = JSON.stringify([judged.guardrail, day, event.account, event.region]);
      const row = counters.get(key) ?? counter();
      counters.set(key, row);
      row.add(event, judged);
      totals.get(judged.guardrail)?.add(event, judged);
    },
    /** Sorted by guardrail, day, account and Region. */
    rows: (): readonly Row[] =>
      inOrder().map(([key, { counts }]) => ({ ...placeOf(key), ...counts() })),
    /** In the order of the guardrails. */
    totals(): readonly Total[] {
      const places = [...counters.keys()].map(placeOf);
      return [...totals].map(([guardrail, { counts }]) => {
        const own = places.filter((place) => place.guardrail === guardrail);
        const different = (part: 'account' | 'region' | 'day') =>
          new Set(own.map((place) => place[part])).size;
        return {
          ...{ guardrail, accounts: different('account'), regions: different('region') },
          ...{ days: different('day'), ...counts() },
        };
      });
    },
  };
}

function placeOf(key: string) {
  const [guardrail, day, account, region] = JSON.parse(key);
  return { guardrail, day, account, region };
}

type Counter = ReturnType<typeof counter>;

function counter() {
  const numbers = { wakes: 0, violates: 0, complies: 0, stateNotKnown: 0, failed: 0 };
  const principals = new Map<string, number>();
  return {
    add({ caller }: TrailEvent, { decisions }: Judged): void {
      numbers[decisions.length > 0 ? 'wakes' : 'failed'] += 1;
      for (const { verdict } of decisions)
        numbers[verdict.verdict === 'undetermined' ? 'stateNotKnown' : verdict.verdict] += 1;
      const principal = caller.arn ?? caller.invokedBy ?? caller.type ?? 'unknown';
      principals.set(principal, (principals.get(principal) ?? 0) + 1);
    },
    counts: (): Counts => ({ ...numbers, principals: mostOf(principals) }),
  };
}

const mostOf = (principals: ReadonlyMap<string, number>): Counts['principals'] =>
  [...principals]
    .map(([principal, calls]) => ({ principal, calls }))
    .sort((one, other) => other.calls - one.calls || (one.principal < other.principal ? -1 : 1))
    .slice(0, 5);
