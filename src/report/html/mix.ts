import type { Standing } from '../standings';
import { type Html, html } from '../template';

const PARTS = [
  ['open', 'open'],
  ['undetermined', 'undetermined'],
  ['waived', 'exempt'],
  ['repaired', 'repaired'],
  ['passing', 'complying'],
] as const;

/** How the resources of something stand, as one bar. */
export function mix(standing: Standing): Html {
  const parts = PARTS.map(([key, words]) => [key, words, standing[key]] as const);
  const all = parts.reduce((sum, [, , value]) => sum + value, 0);
  if (all === 0) return html`<small>none</small>`;
  const said = parts
    .flatMap(([, words, value]) => (value === 0 ? [] : [`${value} ${words}`]))
    .join(', ');
  let x = 0;
  return html`<svg class="mix" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="${said}"><title>${said}</title>${parts.map(
    ([key, , value]) => {
      if (value === 0) return html``;
      const start = x;
      x += (value / all) * 100;
      return html`<rect class="m-${key}" x="${start.toFixed(2)}" width="${((value / all) * 100).toFixed(2)}" height="8"/>`;
    },
  )}</svg>`;
}

/** What the colours of these bars mean. */
export const mixLegend = (): Html =>
  html`<p class="legend">Judged resources: ${PARTS.map(([key, words]) => html`<span class="keyed"><span class="key m-${key}"></span> ${words}</span>`)}</p>`;
