import type { AccountRow, CellRow, Report, Standing, UnitRow } from '../rows';
import { type Html, html } from '../template';
import { badge } from './controls';
import { table } from './table';
import { grouped, STATUSES } from './words';

/** More cells than this make a page nobody can read: the worst accounts are kept, the rest counted. */
const MOST_CELLS = 6000;

/** Account × guardrail: a number, a sign and a shade in each cell. */
export function heat(report: Report, listed: ReadonlySet<string>): Html {
  const { guardrails, cells } = report;
  const byKey = new Map(cells.map((cell) => [`${cell.account} ${cell.guardrail}`, cell]));
  const most = Math.max(1, Math.floor(MOST_CELLS / Math.max(1, guardrails.length)));
  const worst = report.accounts.toSorted(
    (a, b) =>
      b.standing.open - a.standing.open ||
      b.standing.undetermined - a.standing.undetermined ||
      b.standing.violations - a.standing.violations ||
      (a.account < b.account ? -1 : 1),
  );
  const shown = new Set(worst.slice(0, most).map(({ account }) => account));
  const rows = report.accounts
    .filter(({ account }) => shown.has(account))
    .toSorted((a, b) =>
      a.unit === b.unit ? (a.account < b.account ? -1 : 1) : a.unit < b.unit ? -1 : 1,
    );
  const left = report.accounts.length - rows.length;
  return html`<section id="accounts" aria-labelledby="accounts-h">
<h2 id="accounts-h">Accounts and guardrails</h2>
<p>Each cell counts the resources on which a violation stands; the darker, the more. ${legend()}</p>
${left === 0 ? [] : [html`<p class="notice" role="note">${grouped(rows.length)} accounts with the most open violations are shown; ${grouped(left)} others are in the CSV and JSON.</p>`]}
<div class="scroll heat" role="region" tabindex="0" aria-label="Open violations by account and guardrail"><table>
<caption>Open violations by account and guardrail</caption>
<thead><tr><th scope="col" class="corner">Account</th>${guardrails.map(({ id, severity }) => html`<th scope="col" class="g"><span><a href="#g-${id}">${breakable(id)}</a></span><small>${severity}</small></th>`)}<th scope="col" class="n">All</th></tr></thead>
<tbody>${rows.map((account) => row(account))}</tbody>
</table></div>
</section>`;

  function row(account: AccountRow): Html {
    return html`<tr><th scope="row"><b>${account.name || account.account}</b> <small>${account.name ? account.account : ''} ${account.unit}</small></th>${guardrails.map(
      ({ id }) => cellOf(byKey.get(`${account.account} ${id}`), anchor(account.account, id)),
    )}<td class="n sum">${account.standing.open === 0 ? '–' : grouped(account.standing.open)}</td></tr>`;
  }

  function anchor(account: string, guardrail: string): string | undefined {
    const key = cellId(account, guardrail);
    return listed.has(key) ? key : undefined;
  }
}

/** An id that may break after its dot and hyphens. */
const breakable = (id: string): readonly Html[] =>
  id.split(/(?<=[.-])/).map((part) => html`${part}<wbr>`);

/** The anchor of the first listed decision of a guardrail in an account. */
export const cellId = (account: string, guardrail: string): string => `c-${account}-${guardrail}`;

function cellOf(cell: CellRow | undefined, anchor: string | undefined): Html {
  const status = cell?.status ?? 'no-activity';
  const { sign, words } = STATUSES[status];
  const { open = 0, decisions = 0, repairs = 0 } = cell?.standing ?? {};
  const said = `${words}${decisions === 0 ? '' : `: ${open} open, ${repairs} repairs, ${decisions} decisions`}`;
  const shown = status === 'failing' ? grouped(open) : sign;
  const inner = html`<span aria-hidden="true">${shown}</span><span class="said">${said}</span>`;
  return html`<td class="c s-${status} h${shade(open)}" title="${said}">${anchor === undefined ? inner : html`<a href="#${anchor}">${inner}</a>`}</td>`;
}

/** 0 for none, then five steps: 1, 2–4, 5–19, 20–99, 100 and more. */
const shade = (open: number): number =>
  open === 0 ? 0 : open < 2 ? 1 : open < 5 ? 2 : open < 20 ? 3 : open < 100 ? 4 : 5;

const legend = (): Html =>
  html`<span class="legend">${(
    ['failing', 'undetermined', 'waived', 'passing', 'no-activity'] as const
  ).map(
    (status) =>
      html`<span class="key s-${status}${status === 'failing' ? ' h2' : ''}">${status === 'failing' ? '3' : STATUSES[status].sign}</span> ${STATUSES[status].words} `,
  )}</span>`;

/** The units from the root down, each with everything below it. */
export function units({ units: rows }: Report): Html {
  return html`<section id="units" aria-labelledby="units-h">
<h2 id="units-h">Organizational units</h2>
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
)}
</section>`;
}

const unitRow = ({ path, depth, accounts, status, standing }: UnitRow): Html =>
  html`<tr><th scope="row" class="d${Math.min(depth, 6)}">${depth === 0 ? 'Root' : (path.split('/').at(-1) ?? '')} <small>${depth < 2 ? '' : path}</small></th><td>${badge(status)}</td><td class="n">${grouped(accounts)}</td><td class="n">${grouped(standing.decisions)}</td><td class="n">${standing.open === 0 ? '–' : grouped(standing.open)}</td><td class="n">${standing.repairs === 0 ? '–' : grouped(standing.repairs)}</td><td class="n">${standing.waived === 0 ? '–' : grouped(standing.waived)}</td><td>${mix(standing)}</td></tr>`;

/** How the resources of something stand, as one bar. */
export function mix({ open, undetermined, waived, repaired, passing }: Standing): Html {
  const parts = [
    ['open', open],
    ['undetermined', undetermined],
    ['waived', waived],
    ['repaired', repaired],
    ['passing', passing],
  ] as const;
  const all = parts.reduce((sum, [, value]) => sum + value, 0);
  if (all === 0) return html`<small>none</small>`;
  const said = parts
    .flatMap(([name, value]) => (value === 0 ? [] : [`${value} ${name}`]))
    .join(', ');
  let x = 0;
  return html`<svg class="mix" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="${said}"><title>${said}</title>${parts.map(
    ([name, value]) => {
      if (value === 0) return html``;
      const start = x;
      x += (value / all) * 100;
      return html`<rect class="m-${name}" x="${start.toFixed(2)}" width="${((value / all) * 100).toFixed(2)}" height="8"/>`;
    },
  )}</svg>`;
}
