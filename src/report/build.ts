import { createHash } from 'node:crypto';
import { type AnyGuardrail, type Framework, type Mapping, servedBy } from '#core';
import { listed, sampled } from './ask/details';
import { exceptions, principals, recurrences } from './ask/lists';
import {
  accountFacts,
  countsByCell,
  countsByDay,
  ENDS,
  firstDays,
  latestByCell,
  NOTHING,
  rollUp,
  severities,
  sumOf,
} from './ask/standings';
import { by, count, moment, text } from './ask/values';
import { waits } from './ask/waits';
import { changesOf } from './changes';
import { completenessOf } from './completeness';
import { daysOf, type Period } from './period';
import type { Lake } from './read/lake';
import type {
  AccountRow,
  CellRow,
  ControlRow,
  Cover,
  GuardrailRow,
  Report,
  Standing,
  Status,
  Totals,
  TrendRow,
} from './rows';
import { statusOf, strictest } from './status';
import { unitsOf } from './units';

/** What a report says beside what the lake holds. */
export interface ReportInput {
  readonly period: Period;
  readonly framework: Framework;
  /** Those that are installed. */
  readonly guardrails: readonly AnyGuardrail[];
  /** The organization's accounts; without them only those are known that the lake names. */
  readonly accounts?: readonly KnownAccount[] | undefined;
  /** RFC 3339; without it the report speaks for the moment of its latest row. */
  readonly asOf?: string | undefined;
  /** Where the data is from, where that is no organization's real lake. */
  readonly origin?: Cover['origin'];
  /** Of Parapet. */
  readonly version: string;
}

export interface KnownAccount {
  readonly id: string;
  readonly name: string;
  readonly ouPath: string;
}

/** Asks the lake all that a report tells. The same lake and input give the same report. */
export async function buildReport(lake: Lake, input: ReportInput): Promise<Report> {
  const { ask } = lake;
  const { framework, period } = input;
  await rollUp(ask);
  const days = await countsByDay(ask);
  const cells = await cellsOf(lake);
  const accounts = await accountsOf(lake, cells, input);
  const guardrails = await guardrailsOf(lake, cells, input);
  const completeness = await completenessOf(lake, { period, accounts });
  const totals = sumOf(cells.map(({ standing }) => standing));
  const controls = controlRows(framework, guardrails);
  const details = await listed(ask, days);
  const seed = `${framework.id} ${period.from} ${period.to}`;
  return {
    cover: await coverOf(lake, input, accounts.length),
    completeness,
    totals: { ...totals, ...(await comparison(lake, controls)) },
    controls,
    guardrails,
    accounts,
    units: unitsOf(accounts),
    cells,
    trend: trendOf(days, period),
    waits: await waits(ask),
    recurrences: await recurrences(ask),
    principals: await principals(ask, totals.decisions),
    exceptions: await exceptions(ask),
    changes: changesOf(await firstDays(ask)),
    decisions: details.decisions,
    listed: details.rows,
    sample: { seed, decisions: await sampled(ask, seed, days) },
  };
}

async function cellsOf({ ask }: Lake): Promise<readonly CellRow[]> {
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

async function accountsOf(
  { ask }: Lake,
  cells: readonly CellRow[],
  input: ReportInput,
): Promise<readonly AccountRow[]> {
  const facts = await accountFacts(ask);
  const events = new Map(
    (await ask('SELECT account, count(*) AS events FROM events GROUP BY account')).map((row) => [
      text(row.account),
      count(row.events),
    ]),
  );
  const known = new Map((input.accounts ?? []).map((account) => [account.id, account]));
  const ids = new Set([...known.keys(), ...facts.keys(), ...events.keys()]);
  return [...ids].sort().map((account): AccountRow => {
    const own = cells.filter((cell) => cell.account === account);
    const standing = sumOf(own.map((cell) => cell.standing));
    return {
      account,
      name: known.get(account)?.name ?? facts.get(account)?.name ?? '',
      // Where the decisions say it, the unit is that of then; the snapshot's is that of now.
      unit: facts.get(account)?.unit || (known.get(account)?.ouPath ?? ''),
      status: statusOf(standing),
      standing,
      events: events.get(account) ?? 0,
    };
  });
}

async function guardrailsOf(
  { ask }: Lake,
  cells: readonly CellRow[],
  { guardrails, framework }: ReportInput,
): Promise<readonly GuardrailRow[]> {
  const seen = await severities(ask);
  const installed = new Map(guardrails.map((guardrail) => [guardrail.id, guardrail]));
  const ids = new Set([...installed.keys(), ...seen.keys()]);
  return [...ids].sort().map((id): GuardrailRow => {
    const own = cells.filter(({ guardrail }) => guardrail === id);
    const standing = sumOf(own.map((cell) => cell.standing));
    const guardrail = installed.get(id);
    return {
      id,
      title: guardrail?.title ?? id,
      severity: guardrail?.severity ?? seen.get(id) ?? 'unknown',
      isInstalled: guardrail !== undefined,
      limits: guardrail?.limits ?? [],
      controls: servedBy(id, [framework])[framework.id] ?? [],
      status: statusOf(standing),
      standing,
    };
  });
}

function controlRows(
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

async function comparison(
  { ask }: Lake,
  controls: readonly ControlRow[],
): Promise<Pick<Totals, 'controls' | 'before'>> {
  const statuses: readonly Status[] = [
    ...(['failing', 'undetermined', 'waived', 'passing'] as const),
    ...(['no-activity', 'not-assessed'] as const),
  ];
  const [earlier] = await ask(`SELECT count(*) AS decisions,
    count(*) FILTER (WHERE verdict = 'violates') AS violations FROM decisions_before`);
  const decisions = count(earlier?.decisions);
  return {
    controls: Object.fromEntries(
      statuses.map((status) => [status, controls.filter((one) => one.status === status).length]),
    ) as Record<Status, number>,
    before: decisions === 0 ? undefined : { decisions, violations: count(earlier?.violations) },
  };
}

const TREND: Readonly<Record<string, keyof Omit<TrendRow, 'day' | 'hasData'>>> = {
  nothing: 'complies',
  repaired: 'repaired',
  waived: 'waived',
  undetermined: 'undetermined',
};

function trendOf(
  sums: readonly { readonly day: string; readonly outcome: string; readonly decisions: number }[],
  period: Period,
): readonly TrendRow[] {
  return daysOf(period).map((day) => {
    const own = sums.filter((one) => one.day === day);
    const row = { complies: 0, repaired: 0, waived: 0, undetermined: 0, unrepaired: 0 };
    for (const { outcome, decisions } of own) row[TREND[outcome] ?? 'unrepaired'] += decisions;
    return { day, hasData: own.length > 0, ...row };
  });
}

async function coverOf(
  { ask, read, problems }: Lake,
  { framework, period, asOf, version, origin, accounts: known }: ReportInput,
  accounts: number,
) {
  const [facts] = await ask(`SELECT max(last) AS last FROM daily`);
  const places = await ask(`SELECT DISTINCT organization, region FROM daily`);
  const unique = (values: readonly unknown[]) =>
    [...new Set(values.map(text))].filter((value) => value !== '').sort();
  const { id, name, lists } = framework;
  return {
    organizations: unique(places.map(({ organization }) => organization)),
    framework: { id, name, version: framework.version, lists },
    period,
    asOf: asOf ?? moment(facts?.last),
    version,
    origin,
    accounts,
    hasSnapshot: known !== undefined,
    regions: unique(places.map(({ region }) => region)),
    input: createHash('sha256')
      .update(JSON.stringify([read, problems]))
      .digest('hex'),
  };
}
