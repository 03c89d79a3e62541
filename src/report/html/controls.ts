import type { Report } from '../rows';
import type { ControlRow } from '../standings';
import { type Html, html } from '../template';
import { table } from './table';
import { counted, grouped, STATUSES } from './words';

export const badge = (status: keyof typeof STATUSES): Html =>
  html`<span class="badge s-${status}"><span aria-hidden="true">${STATUSES[status].sign}</span> ${STATUSES[status].words}</span>`;

/** Controls by section; those that nothing serves are folded away, never left out. */
export function controls({ controls: rows }: Report): Html {
  const sections = [...new Set(rows.map(({ section }) => section))];
  return html`<section id="controls" aria-labelledby="controls-h">
<h2 id="controls-h">Controls</h2>
${sections.map((section) =>
  sectionOf(
    section,
    rows.filter((row) => row.section === section),
  ),
)}
</section>`;
}

function sectionOf(name: string, rows: readonly ControlRow[]): Html {
  const served = rows.filter(({ status }) => status !== 'not-assessed');
  const rest = rows.filter(({ status }) => status === 'not-assessed');
  return html`<h3>${name}</h3>
${served.length === 0 ? [] : [table(`Controls: ${name}`, ['Control', 'Status', { number: 'Open' }, 'Served by'], served.map(controlRow), 'controls')]}
${rest.length === 0 ? [] : [html`<details class="quiet"><summary>${counted(rest.length, 'control')} not assessed${served.length === 0 ? '' : ' in this section'}</summary><ul class="plain">${rest.map(unservedRow)}</ul></details>`]}`;
}

const unservedRow = ({ id, title, servedBy }: ControlRow): Html => {
  const helping = servedBy.filter(({ isInstalled }) => isInstalled);
  const missing = servedBy.filter(({ isInstalled }) => !isInstalled);
  const names = (some: ControlRow['servedBy']) => some.map(({ guardrail }) => guardrail).join(', ');
  return html`<li><b>${id}</b> ${title}${helping.length === 0 ? '' : html` <small>(${names(helping)} supports it, and neither passes nor fails it)</small>`}${missing.length === 0 ? '' : html` <small>(${names(missing)} serves it and is not installed)</small>`}</li>`;
};

const controlRow = ({ id, title, status, open, servedBy }: ControlRow): Html =>
  html`<tr><th scope="row"><b>${id}</b> ${title}</th><td>${badge(status)}</td><td class="n">${open === 0 ? '–' : grouped(open)}</td><td>${servedBy.map(
    ({ guardrail, strength, bearing, rationale, isInstalled }) =>
      html`<details class="service"><summary>${guardrail} <span class="strength ${strength}">${strength}${bearing === 'watch' ? ', by watching' : ''}</span>${isInstalled ? '' : ' not installed'}</summary><p>${rationale} <a href="#g-${guardrail}">To the guardrail</a></p></details>`,
  )}</td></tr>`;
