import type { Report } from '../rows';
import { type Html, html } from '../template';
import { badge } from './controls';
import { mix, mixLegend } from './mix';
import { table } from './table';
import { grouped } from './words';

/** Guardrails with what each does not catch, and what changed about them. */
export function guardrails({ guardrails: rows, changes }: Report): Html {
  return html`<section id="guardrails" aria-labelledby="guardrails-h">
<h2 id="guardrails-h">Guardrails</h2>
${mixLegend()}
${table(
  'Guardrails, their decisions and the controls they serve',
  [
    'Guardrail',
    'Severity',
    'Status',
    { number: 'Decisions' },
    { number: 'Open' },
    { number: 'Repairs' },
    'Judged resources',
    'Serves',
  ],
  rows.map(
    ({ id, title, severity, isInstalled, limits, controls, status, standing }) =>
      html`<tr id="g-${id}"><th scope="row">${id} <small>${title}${isInstalled ? '' : '; not installed any more'}</small>${limits.length === 0 ? [] : [html`<details class="service"><summary>Does not catch</summary><ul>${limits.map((limit) => html`<li>${limit}</li>`)}</ul></details>`]}</th><td>${severity}</td><td>${badge(status)}</td><td class="n">${grouped(standing.decisions)}</td><td class="n">${standing.open === 0 ? '–' : grouped(standing.open)}</td><td class="n">${standing.repairs === 0 ? '–' : grouped(standing.repairs)}</td><td>${mix(standing)}</td><td>${controls.join(', ') || 'no control of this framework'}</td></tr>`,
  ),
)}
<h3>What changed</h3>
${changes.length === 0 ? html`<p>No decision in the period shows a change.</p>` : changed(changes)}
</section>`;
}

const changed = (
  changes: Report['changes'],
): Html => html`<p>As far as decisions show it: a guardrail, a version or a mode that was not seen earlier in the period.</p>
${table(
  'Changes within the period',
  ['Day', 'Guardrail', 'What', 'Now', { number: 'Accounts' }],
  changes.map(
    ({ day, guardrail, what, detail, accounts }) =>
      html`<tr><th scope="row">${day}</th><td>${guardrail}</td><td>${what}</td><td>${detail}</td><td class="n">${grouped(accounts)}</td></tr>`,
  ),
)}`;

/** Where violations come again and again, and who makes them. */
export function repeated({ recurrences, principals }: Report): Html {
  return html`<section id="repeated" aria-labelledby="repeated-h">
<h2 id="repeated-h">Again and again</h2>
${
  recurrences.length === 0
    ? html`<p>No resource violated the same guardrail twice in the period.</p>`
    : table(
        'Resources that violated one guardrail more than once',
        ['Resource', 'Guardrail', 'Account', { number: 'Violations' }, 'Now'],
        recurrences.map(
          ({ resource, guardrail, account, violations, lastOutcome }) =>
            html`<tr><th scope="row" class="arn">${resource}</th><td>${guardrail}</td><td>${account}</td><td class="n">${grouped(violations)}</td><td>${lastOutcome === 'nothing' ? 'complies' : lastOutcome}</td></tr>`,
        ),
      )
}
${
  principals === undefined
    ? html`<p>Callers are not ranked: the period has more than 500,000 decisions. A shorter period ranks them.</p>`
    : principals.length === 0
      ? html``
      : table(
          'Callers of the most violations',
          ['Caller', { number: 'Violations' }],
          principals.map(
            ({ principal, violations }) =>
              html`<tr><th scope="row" class="arn">${principal}</th><td class="n">${grouped(violations)}</td></tr>`,
          ),
        )
}
</section>`;
}

/** What waivers let pass. */
export function exceptions({ exceptions: rows }: Report): Html {
  return html`<section id="exceptions" aria-labelledby="exceptions-h">
<h2 id="exceptions-h">Exceptions</h2>
${
  rows.length === 0
    ? html`<p>No violation was let pass by a waiver in the period.</p>`
    : table(
        'Violations that a waiver let pass',
        [
          'Resource',
          'Guardrail',
          'Account',
          'Waiver',
          { number: 'Hits' },
          { number: 'First' },
          { number: 'Last' },
        ],
        rows.map(
          ({ resource, guardrail, account, because, hits, first, last }) =>
            html`<tr><th scope="row" class="arn">${resource}</th><td>${guardrail}</td><td>${account}</td><td>${because}</td><td class="n">${grouped(hits)}</td><td class="n">${first.slice(0, 10)}</td><td class="n">${last.slice(0, 10)}</td></tr>`,
        ),
        'exceptions',
      )
}
<p><small>Owner, approver and expiry stand in the waiver itself; the lake holds what it was used for. A waiver that nothing used does not show here.</small></p>
</section>`;
}
