import { type Html, html } from '../template';

/** One part of each bar; its class gives colour and pattern. */
export interface Series {
  readonly name: string;
  readonly kind: string;
  readonly values: readonly number[];
}

export interface BarsInput {
  readonly title: string;
  readonly desc: string;
  /** One a bar. */
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  /** Indexes of bars of which nothing is known. */
  readonly missing: ReadonlySet<number>;
}

const WIDTH = 960;
const HEIGHT = 220;
const LEFT = 46;
const BOTTOM = 24;
const TOP = 8;

/** Stacked bars as SVG. Pure: the same input gives the same text. */
export function stackedBars({ title, desc, labels, series, missing }: BarsInput): Html {
  const totals = labels.map((_, i) =>
    series.reduce((sum, { values }) => sum + (values[i] ?? 0), 0),
  );
  const { top, step } = scaleOf(Math.max(1, ...totals));
  const plot = HEIGHT - BOTTOM - TOP;
  const slot = (WIDTH - LEFT) / Math.max(1, labels.length);
  const bar = Math.max(1, Math.min(28, slot * 0.8));
  const y = (value: number) => TOP + plot - (value / top) * plot;
  const x = (index: number) => LEFT + index * slot + (slot - bar) / 2;
  const every = Math.ceil(labels.length / 8);
  const lines = Array.from({ length: Math.round(top / step) + 1 }, (_, i) => i * step);
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}. ${desc}">
<title>${title}</title>
<desc>${desc}</desc>
<defs><pattern id="stripes" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="stripe-back" width="6" height="6"/><rect class="stripe" width="3" height="6"/></pattern></defs>
${lines.map((value) => html`<line class="grid" x1="${LEFT}" x2="${WIDTH}" y1="${px(y(value))}" y2="${px(y(value))}"/><text class="tick" x="${LEFT - 6}" y="${px(y(value) + 4)}" text-anchor="end">${short(value)}</text>`)}
${labels.map((_, i) => barOf(i))}
${labels.flatMap((label, i) => (i % every === 0 ? [html`<text class="tick" x="${px(x(i) + bar / 2)}" y="${HEIGHT - 6}" text-anchor="middle">${label}</text>`] : []))}
</svg>`;

  function barOf(index: number): Html {
    if (missing.has(index))
      return html`<rect class="gap" x="${px(LEFT + index * slot)}" y="${TOP}" width="${px(slot)}" height="${plot}"/>`;
    let below = 0;
    return html`${series.map(({ kind, values }) => {
      const value = values[index] ?? 0;
      if (value === 0) return html``;
      below += value;
      return html`<rect class="${kind}" x="${px(x(index))}" y="${px(y(below))}" width="${px(bar)}" height="${px((value / top) * plot)}"/>`;
    })}`;
  }
}

/** Round steps: at most five lines above zero. */
function scaleOf(most: number): { readonly top: number; readonly step: number } {
  const power = 10 ** Math.floor(Math.log10(most / 4 || 1));
  const step = Math.max(
    1,
    [1, 2, 5, 10].map((one) => one * power).find((one) => most / one <= 5) ?? power * 10,
  );
  return { top: Math.ceil(most / step) * step, step };
}

/** A range from p50 to p99 on a logarithmic scale, with a mark at p90 and a line at the goal. */
export function range(
  { p50, p90, p99 }: { readonly p50: number; readonly p90: number; readonly p99: number },
  { most, goal }: { readonly most: number; readonly goal: number },
): Html {
  const at = (ms: number) => (Math.log10(1 + ms) / Math.log10(1 + Math.max(1, most))) * 118 + 1;
  return html`<svg class="range" viewBox="0 0 120 14" width="120" height="14" aria-hidden="true"><line class="grid" x1="1" x2="119" y1="7" y2="7"/>${goal > most ? [] : [html`<line class="goal" x1="${px(at(goal))}" x2="${px(at(goal))}" y1="0" y2="14"/>`]}<rect class="span" x="${px(at(p50))}" y="4" width="${px(Math.max(2, at(p99) - at(p50)))}" height="6"/><rect class="mark" x="${px(at(p90) - 1)}" y="1" width="2" height="12"/></svg>`;
}

const px = (value: number): string => String(Math.round(value * 10) / 10);

const short = (value: number): string =>
  value >= 1e6 ? `${value / 1e6} M` : value >= 1e3 ? `${value / 1e3} k` : String(value);
