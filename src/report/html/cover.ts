import { daysOf } from '../period';
import type { Report } from '../rows';
import type { Status } from '../standings';
import { type Html, html } from '../template';
import { clock, counted, grouped, STATUS_ORDER, STATUSES, share } from './words';
import { worst } from './worst';

/** Title, scope and what the reader must know before anything else. */
export function cover(report: Report): Html {
  const { framework, organizations, period, asOf, accounts, regions, version, hasSnapshot } =
    report.cover;
  const { commit, digest } = report.integrity.ruleset;
  const days = daysOf(period).length;
  return html`<header class="cover">
<p class="brand">Parapet <span>compliance report</span></p>
<h1>${framework.name} <span>${framework.version}</span></h1>
<dl>
<div><dt>Organization</dt><dd>${organizations.join(', ') || 'none named'}</dd></div>
<div><dt>Period</dt><dd>${period.from} to ${period.to} <small>${counted(days, 'day')}, UTC</small></dd></div>
<div><dt>As of</dt><dd>${asOf === undefined ? 'no data' : clock(asOf)}</dd></div>
<div><dt>Accounts</dt><dd>${grouped(accounts)} <small>${hasSnapshot ? 'in the organization' : 'named by the data'}</small></dd></div>
<div><dt>Regions</dt><dd>${regions.length === 0 ? 'none' : regions.length > 3 ? `${regions.length} with decisions` : regions.join(', ')}</dd></div>
<div><dt>Made by</dt><dd>Parapet ${version} <small>${commit === undefined ? '' : `commit ${commit.slice(0, 10)}${commit.length > 40 ? ', with changes' : ''}`}</small></dd></div>
<div><dt>Rules</dt><dd>${counted(report.integrity.ruleset.versions.filter(({ installed }) => installed !== undefined).length, 'guardrail')} <small>digest ${digest.slice(0, 10)}</small></dd></div>
</dl>
${notices(report)}
</header>`;
}

function notices(report: Report): readonly Html[] {
  const { origin, redaction } = report.cover;
  return [
    ...(origin === undefined
      ? []
      : [
          html`<p class="notice origin" role="note"><strong>${origin.title}</strong> ${origin.text}</p>`,
        ]),
    ...(redaction === undefined
      ? []
      : [
          html`<p class="notice" role="note"><strong>Redacted.</strong> Pseudonyms stand for accounts, callers, resources and addresses; account names and states are left out. Reports by the same key (${redaction.key}) use the same pseudonyms, and its owner finds each decision again by its id.</p>`,
        ]),
    ...gaps(report),
  ];
}

function gaps({ completeness, totals, cover: { period } }: Report): readonly Html[] {
  const { days, problems, accountsSilent } = completeness;
  const empty = days.filter(({ decisions, events }) => decisions + events === 0).length;
  if (totals.decisions === 0)
    return [
      html`<p class="notice strong" role="note"><strong>There is no data for this period.</strong> The lake holds no decision from ${period.from} to ${period.to}. Nothing below says that anything complies: every control that a guardrail serves shows <em>No activity</em>.</p>`,
    ];
  const lines = [
    ...(empty > 0 ? [`${counted(empty, 'day')} of ${days.length} without any data`] : []),
    ...(problems.length > 0
      ? [`${counted(problems.length, 'thing')} in the lake that could not be counted as data`]
      : []),
    ...(accountsSilent.length > 0
      ? [`${counted(accountsSilent.length, 'account')} of which nothing was heard`]
      : []),
  ];
  return lines.length === 0
    ? []
    : [
        html`<p class="notice" role="note"><strong>Read with this in mind:</strong> ${lines.join('; ')}. <a href="#completeness">What the report rests on</a></p>`,
      ];
}

/** The headline: controls by status, then what was decided. */
export function headline(report: Report): Html {
  const {
    totals,
    controls,
    cover: { framework },
  } = report;
  const assessed = controls.length - totals.controls['not-assessed'];
  const resources =
    totals.open + totals.undetermined + totals.waived + totals.repaired + totals.passing;
  return html`<section id="summary" aria-labelledby="summary-h">
<h2 id="summary-h">Summary</h2>
<ul class="tiles">${STATUS_ORDER.map((status) => tile(status, totals.controls[status], controls.length))}</ul>
<p class="lead">Of ${counted(controls.length, 'control')}, guardrails serve <b>${assessed}</b>. ${framework.lists} Serving is not certifying: <a href="#method">how to read this</a>.</p>
<ul class="figures">
${figure('open', totals.open, 'violations stand', `of ${counted(resources, 'resource')} judged`)}
${figure('repaired', totals.repairs, 'repairs made', `${share(totals.repairs, totals.violations)} of violations seen`)}
${figure('decisions', totals.decisions, 'decisions', comparison(totals))}
${figure('violations', totals.violations, 'violations seen', violations(totals))}
</ul>
${worst(report)}
</section>`;
}

const tile = (status: Status, value: number, all: number): Html =>
  html`<li class="tile s-${status}${value === 0 ? ' zero' : ''}"><b>${value}</b><span class="sign" aria-hidden="true">${STATUSES[status].sign}</span><span>${STATUSES[status].words}</span><small>${share(value, all)}</small></li>`;

const figure = (kind: string, value: number, words: string, small: string): Html =>
  html`<li class="f-${kind}"><b>${grouped(value)}</b> ${words}<small>${small}</small></li>`;

const comparison = ({ decisions, before }: Report['totals']): string =>
  before
    ? `${changed(decisions, before.decisions)} against the period before`
    : 'nothing to compare with before the period';

function violations({ violations: seen, decisions, before }: Report['totals']): string {
  const part = `${share(seen, decisions)} of decisions`;
  return before && before.violations > 0 ? `${part}; ${changed(seen, before.violations)}` : part;
}

function changed(now: number, then: number): string {
  const change = ((now - then) / then) * 100;
  return `${change >= 0 ? '+' : '−'}${Math.abs(change).toFixed(0)} %`;
}
