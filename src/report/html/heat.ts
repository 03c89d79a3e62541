import { by } from '../ask/values';
import type { Report } from '../rows';
import type { AccountRow, CellRow, GuardrailRow } from '../standings';
import { type Html, html } from '../template';
import { grouped, STATUSES } from './words';

/** More cells than this make a page nobody can read: the worst accounts are kept, the rest counted. */
const MOST_CELLS = 15_000;

/** More columns than this fit on no sheet of paper: the guardrails are spread over several tables. */
const MOST_COLUMNS = 20;

/** From here on the heads of columns stand upright. */
const DENSE_COLUMNS = 10;

/** From here on a table scrolls within the page. */
const TALL_ROWS = 25;

/** Account × guardrail: a number, a sign and a shade in each cell. */
export function heat(report: Report, listed: ReadonlySet<string>): Html {
  const { guardrails, cells } = report;
  const byKey = new Map(cells.map((cell) => [`${cell.account} ${cell.guardrail}`, cell]));
  const rows = shownOf(report);
  const left = report.accounts.length - rows.length;
  const blocks = blocksOf(guardrails);
  return html`<section id="accounts" aria-labelledby="accounts-h">
<h2 id="accounts-h">Accounts and guardrails</h2>
<p>Each cell counts the resources on which a violation stands; the stronger its colour, the more.</p>
${legend()}
${left === 0 ? [] : [html`<p class="notice" role="note">${grouped(rows.length)} accounts with the most open violations are shown; ${grouped(left)} others are in the CSV and JSON.</p>`]}
${rows.length === 0 ? html`<p>No account is known: the lake names none in the period, and no snapshot was given.</p>` : blocks.map(block)}
</section>`;

  function block(columns: readonly GuardrailRow[], index: number): Html {
    const isLast = index === blocks.length - 1;
    const part = blocks.length === 1 ? '' : `, part ${index + 1} of ${blocks.length}`;
    const caption = `Open violations by account and guardrail${part}`;
    const kinds = `scroll heat${guardrails.length > DENSE_COLUMNS ? ' dense' : ''}${rows.length > TALL_ROWS ? ' tall' : ''}`;
    return html`${part === '' ? [] : [html`<h3>Guardrails ${columns[0]?.id ?? ''} to ${columns.at(-1)?.id ?? ''}</h3>`]}<div class="${kinds}" role="region" tabindex="0" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr><th scope="col" class="corner">Account</th>${columns.map(head)}${isLast ? html`<th scope="col" class="n">All</th>` : []}</tr></thead>
<tbody>${rows.map((account) => row(account, columns, isLast))}</tbody>
</table></div>`;
  }

  function row(account: AccountRow, columns: readonly GuardrailRow[], isLast: boolean): Html {
    const all = account.standing.open;
    return html`<tr><th scope="row"><b>${account.name || account.account}</b> <small>${account.name ? account.account : ''} ${account.unit}</small></th>${columns.map(
      ({ id }) => cellOf(byKey.get(`${account.account} ${id}`), anchor(account.account, id)),
    )}${isLast ? html`<td class="n sum">${all === 0 ? '–' : grouped(all)}</td>` : []}</tr>`;
  }

  function anchor(account: string, guardrail: string): string | undefined {
    const key = cellId(account, guardrail);
    return listed.has(key) ? key : undefined;
  }
}

/** Accounts by unit; where there are too many, those on which the most stands. */
function shownOf({ accounts, guardrails }: Report): readonly AccountRow[] {
  const most = Math.max(1, Math.floor(MOST_CELLS / Math.max(1, guardrails.length)));
  const worst = accounts.toSorted(
    (a, b) =>
      b.standing.open - a.standing.open ||
      b.standing.undetermined - a.standing.undetermined ||
      b.standing.violations - a.standing.violations ||
      (a.account < b.account ? -1 : 1),
  );
  return worst.slice(0, most).sort(
    by(
      ({ unit }) => unit,
      ({ account }) => account,
    ),
  );
}

/** Evenly filled blocks of columns. */
function blocksOf(guardrails: readonly GuardrailRow[]): readonly (readonly GuardrailRow[])[] {
  const count = Math.max(1, Math.ceil(guardrails.length / MOST_COLUMNS));
  const size = Math.ceil(guardrails.length / count);
  return Array.from({ length: count }, (_, i) => guardrails.slice(i * size, (i + 1) * size));
}

const head = ({ id, severity }: GuardrailRow): Html =>
  html`<th scope="col" class="g"><span><a href="#g-${id}">${breakable(id)}</a></span><small>${severity}</small></th>`;

/** An id that may break after its dot and hyphens. */
const breakable = (id: string): readonly Html[] =>
  id.split(/(?<=[.-])/).map((part) => html`${part}<wbr>`);

/** The anchor of the first listed decision of a guardrail in an account. */
export const cellId = (account: string, guardrail: string): string => `c-${account}-${guardrail}`;

function cellOf(cell: CellRow | undefined, anchor: string | undefined): Html {
  // Most cells of a large table: they say it by their sign alone.
  if (!cell) return html`<td class="c s-no-activity">–</td>`;
  const { status } = cell;
  const { sign, words } = STATUSES[status];
  const { open, decisions, repairs } = cell.standing;
  const said = `${words}: ${open} open, ${repairs} repairs, ${decisions} decisions`;
  const shown = status === 'failing' ? grouped(open) : sign;
  const inner = html`<span aria-hidden="true">${shown}</span><span class="said">${said}</span>`;
  return html`<td class="c s-${status} h${shade(open)}" title="${said}">${anchor === undefined ? inner : html`<a href="#${anchor}">${inner}</a>`}</td>`;
}

/** 0 for none, then five steps: 1, 2–4, 5–19, 20–99, 100 and more. */
const shade = (open: number): number =>
  open === 0 ? 0 : open < 2 ? 1 : open < 5 ? 2 : open < 20 ? 3 : open < 100 ? 4 : 5;

const legend = (): Html =>
  html`<p class="legend">${(
    ['failing', 'undetermined', 'waived', 'passing', 'no-activity'] as const
  ).map(
    (status) =>
      html`<span class="keyed"><span class="key s-${status}${status === 'failing' ? ' h2' : ''}">${status === 'failing' ? '3' : STATUSES[status].sign}</span> ${STATUSES[status].words}</span>`,
  )}</p>`;
