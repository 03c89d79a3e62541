import type { Report } from '../rows';
import type { Standing } from '../standings';
import { type Html, html } from '../template';
import { table } from './table';
import { grouped } from './words';

const MOST = 10;

/** Where the most violations stand: what to do first. */
export function worst({ accounts, guardrails, totals }: Report): Html {
  if (totals.open === 0) return html``;
  return html`<div class="pair">
<div><h3>Accounts with the most open</h3>${table(
    'Accounts with the most open violations',
    ['Account', 'Unit', { number: 'Open' }],
    most(accounts, ({ account }) => account).map(
      ({ account, name, unit, standing }) =>
        html`<tr><th scope="row">${name || account}</th><td>${unit}</td><td class="n">${grouped(standing.open)}</td></tr>`,
    ),
  )}</div>
<div><h3>Guardrails with the most open</h3>${table(
    'Guardrails with the most open violations',
    ['Guardrail', 'Severity', { number: 'Open' }],
    most(guardrails, ({ id }) => id).map(
      ({ id, severity, standing }) =>
        html`<tr><th scope="row"><a href="#g-${id}">${id}</a></th><td>${severity}</td><td class="n">${grouped(standing.open)}</td></tr>`,
    ),
  )}</div>
</div>`;
}

const most = <T extends { readonly standing: Standing }>(
  rows: readonly T[],
  id: (row: T) => string,
): readonly T[] =>
  rows
    .filter(({ standing }) => standing.open > 0)
    .toSorted((a, b) => b.standing.open - a.standing.open || (id(a) < id(b) ? -1 : 1))
    .slice(0, MOST);
