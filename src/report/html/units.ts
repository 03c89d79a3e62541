import type { Report } from '../rows';
import type { UnitRow } from '../standings';
import { type Html, html } from '../template';
import { badge } from './controls';
import { mix, mixLegend } from './mix';
import { table } from './table';
import { grouped } from './words';

/** The units from the root down, each with everything below it. */
export function units({ units: rows }: Report): Html {
  return html`<section id="units" aria-labelledby="units-h">
<h2 id="units-h">Organizational units</h2>
${rows.length === 0 ? html`<p>No unit is known: no account is.</p>` : tree(rows)}
</section>`;
}

const tree = (rows: readonly UnitRow[]): Html => html`${mixLegend()}
${table(
  'Organizational units, each with everything below it',
  [
    'Unit',
    'Status',
    { number: 'Accounts' },
    { number: 'Decisions' },
    { number: 'Open' },
    { number: 'Repairs' },
    { number: 'Exempt' },
    'Judged resources',
  ],
  rows.map(unitRow),
  'units',
)}`;

const unitRow = ({ path, depth, accounts, status, standing }: UnitRow): Html =>
  html`<tr><th scope="row" class="d${Math.min(depth, 6)}">${depth === 0 ? 'Root' : (path.split('/').at(-1) ?? '')} <small>${depth < 2 ? '' : path}</small></th><td>${badge(status)}</td><td class="n">${grouped(accounts)}</td><td class="n">${grouped(standing.decisions)}</td><td class="n">${standing.open === 0 ? '–' : grouped(standing.open)}</td><td class="n">${standing.repairs === 0 ? '–' : grouped(standing.repairs)}</td><td class="n">${standing.waived === 0 ? '–' : grouped(standing.waived)}</td><td>${mix(standing)}</td></tr>`;
