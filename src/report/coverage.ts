import { type CallCount, matchedCalls } from './ask/matched';
import { modesInForce } from './ask/modes';
import { by } from './ask/values';
import type { Declared, ReportInput } from './input';
import { endOf } from './period';
import type { Lake } from './read/lake';
import type { AccountRow, GuardrailRow } from './standings';

/** Which guardrails were in force where, and whether calls and decisions answer each other. */
export interface Coverage {
  readonly modes: readonly ModeRow[];
  /** Undefined where there are too many rows to match one by one. */
  readonly reconciliation: Reconciliation | undefined;
}

/** A guardrail, and in how many accounts it was in which mode by its latest decision there. */
export interface ModeRow {
  readonly guardrail: string;
  /** Accounts in which it judged anything, of all that are known. */
  readonly judged: number;
  readonly accounts: number;
  readonly modes: Readonly<Record<string, number>>;
}

/**
 * The calls that the bus brought against the decisions on them, by CloudTrail's eventID. It is not
 * the reconciliation with the trail: a call that the bus never brought is in neither.
 */
export interface Reconciliation {
  /** Calls recorded in the period, and those that a decision names as its cause. */
  readonly calls: number;
  readonly judged: number;
  /** Decisions that a call woke, and those whose call is recorded. */
  readonly woken: number;
  readonly recorded: number;
  /** Calls that an installed guardrail watches and no decision names. */
  readonly unanswered: readonly UnansweredRow[];
}

export interface UnansweredRow {
  readonly source: string;
  readonly operation: string;
  readonly calls: number;
}

/** More rows than this are not matched: the work would be more than all else of the report. */
export const MOST_MATCHED = 1_000_000;

/** A decision may come this long after its call: later calls of the period are left out. */
const SETTLING_MS = 600_000;

export async function coverageOf(
  { ask }: Lake,
  { period, asOf, guardrails }: ReportInput,
  known: {
    readonly accounts: readonly AccountRow[];
    readonly guardrails: readonly GuardrailRow[];
  },
): Promise<Coverage> {
  const { accounts } = known;
  const rows = accounts.reduce((sum, { standing, events }) => sum + standing.decisions + events, 0);
  const inForce = await modesInForce(ask);
  const end = asOf === undefined ? endOf(period) : Math.min(Date.parse(asOf), endOf(period));
  return {
    modes: known.guardrails.map(({ id }): ModeRow => {
      const own = inForce.filter(({ guardrail }) => guardrail === id);
      return {
        guardrail: id,
        judged: own.reduce((sum, one) => sum + one.accounts, 0),
        accounts: accounts.length,
        modes: Object.fromEntries(own.map((one) => [one.mode, one.accounts])),
      };
    }),
    reconciliation:
      rows > MOST_MATCHED
        ? undefined
        : reconciled(await matchedCalls(ask, end - SETTLING_MS), guardrails),
  };
}

function reconciled(
  { unanswered, ...counts }: Awaited<ReturnType<typeof matchedCalls>>,
  guardrails: readonly Declared[],
): Reconciliation {
  const watched = guardrails.flatMap(({ triggers }) => triggers);
  const isWatched = ({ source, operation, isFailed }: CallCount) =>
    watched.some(
      ({ operation: { trail }, failed }) =>
        trail.source === source &&
        trail.names.includes(operation) &&
        (failed === 'judged' || !isFailed),
    );
  const sums = new Map<string, UnansweredRow>();
  for (const { source, operation, calls, ...call } of unanswered) {
    if (!isWatched({ source, operation, calls, ...call })) continue;
    const key = `${source} ${operation}`;
    sums.set(key, { source, operation, calls: calls + (sums.get(key)?.calls ?? 0) });
  }
  const rows = [...sums.values()].sort(
    by(
      ({ calls }) => -calls,
      ({ source }) => source,
      ({ operation }) => operation,
    ),
  );
  return { ...counts, unanswered: rows };
}
