import type { Report } from '../rows';
import { type Html, html } from '../template';
import { type Series, stackedBars } from './svg';
import { table } from './table';
import { counted, grouped } from './words';

const PARTS = [
  ['unrepaired', 'Left as they were', 't-unrepaired'],
  ['undetermined', 'Undetermined', 't-undetermined'],
  ['waived', 'Exempt', 't-waived'],
  ['repaired', 'Repaired', 't-repaired'],
] as const;

/** Violations per day by what came of them; days without data are hatched, not zero. */
export function trend({ trend: days }: Report): Html {
  return html`<section id="trend" aria-labelledby="trend-h">
<h2 id="trend-h">Trend</h2>
${days.some(({ hasData }) => hasData) ? chart(days) : html`<p>No decision in the period: there is nothing to show.</p>`}
</section>`;
}

function chart(days: Report['trend']): Html {
  const series: readonly Series[] = PARTS.map(([key, name, kind]) => ({
    name,
    kind,
    values: days.map((day) => day[key]),
  }));
  const missing = new Set(days.flatMap(({ hasData }, i) => (hasData ? [] : [i])));
  const violations = days.map((day) => PARTS.reduce((sum, [key]) => sum + day[key], 0));
  const peak = Math.max(0, ...violations);
  const desc = `${counted(
    violations.reduce((sum, one) => sum + one, 0),
    'decision',
  )} in ${counted(days.length, 'day')} did not simply comply; the most on one day were ${grouped(peak)}${missing.size === 0 ? '' : `; ${counted(missing.size, 'day')} without decisions`}.`;
  return html`<p>${desc}</p>
<p class="legend">${series.map(({ name, kind }) => html`<span class="keyed"><span class="key ${kind}"></span> ${name}</span>`)}<span class="keyed"><span class="key gap"></span> No decisions</span></p>
<div class="scroll" role="region" tabindex="0" aria-label="Chart of violations per day">${stackedBars({ title: 'Violations per day by outcome', desc, labels: days.map(({ day }) => day.slice(5)), series, missing })}</div>
<details class="quiet twin"><summary>The same as a table</summary>
${table(
  'Decisions per day',
  [
    'Day',
    { number: 'Complies' },
    { number: 'Repaired' },
    { number: 'Left' },
    { number: 'Undetermined' },
    { number: 'Exempt' },
  ],
  days.map(
    ({ day, hasData, complies, repaired, unrepaired, undetermined, waived }) =>
      html`<tr><th scope="row">${day}</th>${hasData ? [complies, repaired, unrepaired, undetermined, waived].map((value) => html`<td class="n">${grouped(value)}</td>`) : [html`<td colspan="5">no decisions</td>`]}</tr>`,
  ),
)}
</details>`;
}
