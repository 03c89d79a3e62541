import { type Framework, type Mapping, servedBy } from '#core';
import {
  countsByCell,
  ENDS,
  type LatestFacts,
  latestByCell,
  NOTHING,
  sumOf,
} from './ask/standings';
import { by, count, text } from './ask/values';
import type { ReportInput } from './input';
import type { Lake } from './read/lake';
import type { AccountRow, CellRow, ControlRow, GuardrailRow, Standing, Status } from './standings';
import { statusOf, strictest } from './status';

/** What is asked once and used for several rows. */
export interface Known {
  readonly cells: readonly CellRow[];
  readonly facts: LatestFacts;
}

/** How each guardrail stands in each account. */
export async function cellsOf({ ask }: Lake): Promise<readonly CellRow[]> {
  const standings = new Map<string, Record<keyof Standing, number>>();
  const at = (account: unknown, guardrail: unknown) => {
    const key = JSON.stringify([text(account), text(guardrail)]);
    const found = standings.get(key) ?? { ...NOTHING };
    standings.set(key, found);
    return found;
  };
  for (const row of await countsByCell(ask)) {
    const standing = at(row.account, row.guardrail);
    const decisions = count(row.decisions);
    standing.decisions += decisions;
    const outcome = text(row.outcome);
    if (outcome !== 'nothing' && outcome !== 'undetermined') standing.violations += decisions;
    if (outcome === 'repaired') standing.repairs += decisions;
  }
  for (const row of await latestByCell(ask))
    at(row.account, row.guardrail)[ENDS[text(row.outcome)] ?? 'open'] += count(row.resources);
  return [...standings]
    .map(([key, standing]): CellRow => {
      const [account, guardrail] = JSON.parse(key) as [string, string];
      return { account, guardrail, status: statusOf(standing), standing };
    })
    .sort(
      by(
        ({ account }) => account,
        ({ guardrail }) => guardrail,
      ),
    );
}

/** Every account that the snapshot, a decision or a call names. */
export async function accountsOf(
  { ask }: Lake,
  { cells, facts }: Known,
  input: ReportInput,
): Promise<readonly AccountRow[]> {
  const events = new Map(
    (await ask('SELECT account, count(*) AS events FROM events GROUP BY account')).map((row) => [
      text(row.account),
      count(row.events),
    ]),
  );
  const known = new Map((input.accounts ?? []).map((account) => [account.id, account]));
  const ids = new Set([...known.keys(), ...facts.accounts.keys(), ...events.keys()]);
  return [...ids].sort().map((account): AccountRow => {
    const own = cells.filter((cell) => cell.account === account);
    const standing = sumOf(own.map((cell) => cell.standing));
    return {
      account,
      name: known.get(account)?.name ?? facts.accounts.get(account)?.name ?? '',
      // Where the decisions say it, the unit is that of then; the snapshot's is that of now.
      unit: facts.accounts.get(account)?.unit || (known.get(account)?.ouPath ?? ''),
      status: statusOf(standing),
      standing,
      events: events.get(account) ?? 0,
    };
  });
}

/** Every guardrail that is installed, or left decisions. */
export function guardrailsOf(
  { cells, facts }: Known,
  { guardrails, framework }: ReportInput,
): readonly GuardrailRow[] {
  const seen = facts.severities;
  const installed = new Map(guardrails.map((guardrail) => [guardrail.id, guardrail]));
  const ids = new Set([...installed.keys(), ...cells.map(({ guardrail }) => guardrail)]);
  return [...ids].sort().map((id): GuardrailRow => {
    const own = cells.filter(({ guardrail }) => guardrail === id);
    const standing = sumOf(own.map((cell) => cell.standing));
    const guardrail = installed.get(id);
    return {
      id,
      title: guardrail?.title ?? id,
      severity: guardrail?.severity ?? seen.get(id) ?? 'unknown',
      version: guardrail?.version,
      isInstalled: guardrail !== undefined,
      limits: guardrail?.limits ?? [],
      controls: servedBy(id, [framework])[framework.id] ?? [],
      status: statusOf(standing),
      standing,
    };
  });
}

/** Every control of the framework, with how those stand that serve it. */
export function controlsOf(
  framework: Framework,
  guardrails: readonly GuardrailRow[],
): readonly ControlRow[] {
  const known = new Map(guardrails.map((guardrail) => [guardrail.id, guardrail]));
  return framework.sections.flatMap((section) =>
    section.controls.map((control): ControlRow => {
      const services = control.servedBy.map((mapping) => {
        const found = known.get(mapping.guardrail);
        const standing = found?.standing ?? NOTHING;
        const isInstalled = found?.isInstalled ?? false;
        const status = found ? servedStatus(mapping, found) : 'not-assessed';
        return { ...mapping, isInstalled, status, standing };
      });
      return {
        section: section.title,
        id: control.id,
        title: control.title,
        status: strictest(services.map(({ status }) => status)),
        open: services
          .filter(({ status }) => status === 'failing')
          .reduce((sum, { standing }) => sum + standing.open, 0),
        servedBy: services,
      };
    }),
  );
}

/** What a guardrail's standing says about a control that it serves. */
function servedStatus({ strength, bearing }: Mapping, guardrail: GuardrailRow): Status {
  // What only helps says nothing about whether the control holds.
  if (strength === 'supporting') return 'not-assessed';
  if (bearing === 'state' || guardrail.status === 'undetermined') return guardrail.status;
  return guardrail.standing.decisions > 0 ? 'passing' : 'no-activity';
}
