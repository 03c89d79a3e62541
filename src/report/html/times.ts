import { SLOW_MS } from '../ask/waits';
import type { Report, WaitRow } from '../rows';
import { type Html, html } from '../template';
import { range } from './svg';
import { table } from './table';
import { duration, grouped, share } from './words';

const KINDS = {
  delivery: ['Delivered', 'call to arrival at the responder; AWS’s part of detection'],
  detect: ['Detected', 'call to verdict'],
  repair: ['Repaired', 'call to the last repairing call, of violations that were repaired'],
} as const;

/** How fast: percentiles of delivery, detection and repair. */
export function times({ waits }: Report): Html {
  const most = Math.max(0, ...waits.map(({ p99 }) => p99));
  const kinds = Object.keys(KINDS) as (keyof typeof KINDS)[];
  const overall = kinds.flatMap(
    (kind) => waits.find((one) => one.kind === kind && one.scope === 'all') ?? [],
  );
  return html`<section id="times" aria-labelledby="times-h">
<h2 id="times-h">Time to detect and to repair</h2>
${
  overall.length === 0
    ? html`<p>No violation in the period tells its moments.</p>`
    : html`<ul class="figures">${overall.map((one) => html`<li><b>${duration(one.p50)}</b> ${KINDS[one.kind][0].toLowerCase()} in half the cases<small>p90 ${duration(one.p90)}, p99 ${duration(one.p99)}; ${KINDS[one.kind][1]}</small></li>`)}</ul>
${kinds.map((kind) =>
  kindTable(
    kind,
    waits.filter((one) => one.kind === kind),
    most,
  ),
)}`
}
</section>`;
}

const kindTable = (kind: keyof typeof KINDS, rows: readonly WaitRow[], most: number): Html =>
  rows.length === 0
    ? html``
    : html`<details class="quiet"><summary>${KINDS[kind][0]}: by severity and guardrail</summary>${table(
        `${KINDS[kind][0]}: ${KINDS[kind][1]}`,
        [
          'Of',
          { number: 'Violations' },
          { number: 'p50' },
          { number: 'p90' },
          { number: 'p99' },
          { number: 'Over 5 min' },
          'p50 to p99, p90 marked, 5 min dashed',
        ],
        rows.map(waitRow(most)),
      )}</details>`;

const waitRow =
  (most: number) =>
  (row: WaitRow): Html =>
    html`<tr><th scope="row">${row.scope === 'all' ? 'All' : row.of}</th><td class="n">${grouped(row.count)}</td><td class="n">${duration(row.p50)}</td><td class="n">${duration(row.p90)}</td><td class="n">${duration(row.p99)}</td><td class="n">${row.slow === 0 ? '–' : `${grouped(row.slow)} (${share(row.slow, row.count)})`}</td><td>${range(row, { most, goal: SLOW_MS })}</td></tr>`;
