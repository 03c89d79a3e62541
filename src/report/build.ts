import { detailsAt } from './ask/details';
import { type Chosen, chosenOf } from './ask/listed';
import { exceptions, principals, recurrences } from './ask/lists';
import { drawn } from './ask/sample';
import {
  countsByDay,
  countsByHour,
  firstDays,
  type LatestFacts,
  latestFacts,
  rollUp,
  sumOf,
} from './ask/standings';
import { count, moment, text } from './ask/values';
import { waits } from './ask/waits';
import { changesOf } from './changes';
import { completenessOf } from './completeness';
import { coverageOf } from './coverage';
import type { DecisionDetail } from './decision-detail';
import type { ReportInput } from './input';
import { integrityOf } from './integrity';
import { accountsOf, cellsOf, controlsOf, guardrailsOf } from './judged';
import type { Lake } from './read/lake';
import type { Cover, Report, Totals } from './rows';
import type { ControlRow, Status } from './standings';
import { trendOf } from './trend';
import { unitsOf } from './units';

/** Asks the lake all that a report tells. The same lake and input give the same report. */
export async function buildReport(lake: Lake, input: ReportInput): Promise<Report> {
  const { ask } = lake;
  const { framework, period } = input;
  await rollUp(ask);
  const hours = await countsByHour(ask);
  const cells = await cellsOf(lake);
  const facts = await latestFacts(ask);
  const known = { cells, facts };
  const accounts = await accountsOf(lake, known, input);
  const guardrails = guardrailsOf(known, input);
  const completeness = await completenessOf(lake, { period, accounts });
  const totals = sumOf(cells.map(({ standing }) => standing));
  const controls = controlsOf(framework, guardrails);
  const seed = `${framework.id} ${period.from} ${period.to}`;
  const { chosen, rows: listed } = await chosenOf(ask, hours);
  const sampled = await drawn(ask, seed, hours);
  const firsts = await firstDays(ask);
  const details = await detailsAt(ask, [...chosen.map((one) => one.moment), ...sampled]);
  return {
    cover: await coverOf(lake, input, { facts, accounts: accounts.length }),
    completeness,
    totals: { ...totals, ...(await comparison(lake, controls)) },
    controls,
    guardrails,
    accounts,
    units: unitsOf(accounts),
    cells,
    trend: trendOf(await countsByDay(ask), period),
    waits: await waits(ask),
    recurrences: await recurrences(ask),
    principals: await principals(ask, totals.decisions),
    exceptions: await exceptions(ask),
    changes: changesOf(firsts),
    decisions: inOrderOf(chosen, details),
    listed,
    sample: { seed, decisions: firstAt(sampled, details) },
    coverage: await coverageOf(lake, input, { accounts, guardrails }),
    integrity: await integrityOf(lake.objects, input, firsts),
  };
}

function inOrderOf(
  chosen: readonly Chosen[],
  details: readonly DecisionDetail[],
): readonly DecisionDetail[] {
  const byId = new Map(details.map((detail) => [detail.id, detail]));
  return chosen.flatMap(({ id }) => byId.get(id) ?? []);
}

/** Of each moment the first decision; `details` are in the order of time and id. */
function firstAt(
  moments: readonly number[],
  details: readonly DecisionDetail[],
): readonly DecisionDetail[] {
  const wanted = new Set(moments.map((one) => moment(one)));
  return details.filter(
    ({ recorded }, index) => wanted.has(recorded) && details[index - 1]?.recorded !== recorded,
  );
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

async function coverOf(
  { ask }: Lake,
  { framework, period, asOf, version, origin, accounts: known }: ReportInput,
  { facts, accounts }: { readonly facts: LatestFacts; readonly accounts: number },
): Promise<Cover> {
  const [latest] = await ask('SELECT max(last) AS last FROM counted');
  const regions = await ask('SELECT DISTINCT region FROM counted WHERE region IS NOT NULL');
  const { id, name, lists } = framework;
  return {
    organizations: facts.organizations,
    framework: { id, name, version: framework.version, lists },
    period,
    asOf: asOf ?? moment(latest?.last),
    version,
    origin,
    accounts,
    hasSnapshot: known !== undefined,
    regions: regions.map(({ region }) => text(region)).sort(),
    redaction: undefined,
  };
}
