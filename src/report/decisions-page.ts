import type { Decision } from '#core';
import { type Html, html } from './html';
import { STYLE, STYLE_HASH } from './style';

/** A decision with what the reader knows its account by. */
export interface DecisionRow {
  readonly decision: Decision;
  readonly accountName: string;
}

/** What was seen that led to no judgement. */
export interface StoppedRow {
  readonly at: string;
  readonly what: string;
  readonly reason: string;
}

export interface PageInput {
  readonly title: string;
  /** Where the decisions come from, said in one sentence. */
  readonly origin: string;
  readonly decisions: readonly DecisionRow[];
  readonly stopped: readonly StoppedRow[];
}

/** One plain page of decisions: no script, nothing loaded, every text escaped. */
export function decisionsPage(input: PageInput): string {
  const page = html`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${STYLE_HASH}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${input.title}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${input.title}</h1>
<p>${input.origin}</p>
${counts(input.decisions)}
<h2>Decisions</h2>
<table>
<thead><tr><th>time</th><th>account</th><th>guardrail</th><th>resource</th><th>verdict</th><th>mode</th><th>outcome</th></tr></thead>
<tbody>${input.decisions.map(row)}</tbody>
</table>
<h2>Not judged</h2>
<table>
<thead><tr><th>time</th><th>what</th><th>why it went no further</th></tr></thead>
<tbody>${input.stopped.map(({ at, what, reason }) => html`<tr><td>${clock(at)}</td><td>${what}</td><td>${reason}</td></tr>`)}</tbody>
</table>
</body>
</html>`;
  return `<!doctype html>\n${page.html}\n`;
}

const clock = (at: string): string => at.slice(11, 19);

function counts(rows: readonly DecisionRow[]): Html {
  const outcomes = [...new Set(rows.map(({ decision }) => decision.outcome))].sort();
  return html`<ul class="counts">${outcomes.map(
    (outcome) =>
      html`<li><b>${rows.filter(({ decision }) => decision.outcome === outcome).length}</b> ${outcome}</li>`,
  )}</ul>`;
}

function row({ decision, accountName }: DecisionRow): Html {
  const { at, guardrail, resource, verdict, mode, outcome } = decision;
  return html`<tr>
<td>${clock(at.called ?? '')}</td>
<td>${accountName}<br><small>${resource.account} ${resource.region}</small></td>
<td>${guardrail.id}</td>
<td class="arn">${resource.arn}</td>
<td class="${verdict.verdict}">${verdict.verdict}<br><small>${verdict.reason}</small></td>
<td>${mode}<br><small>${decision.modeFrom}</small></td>
<td>${outcome}${details(decision)}</td>
</tr>`;
}

function details({ id, planned, made, before, after, because, at }: Decision): Html {
  const did = made.length > 0 ? 'Calls made' : 'Calls planned';
  const calls = made.length > 0 ? made.map(({ call }) => call) : planned;
  return html`<details><summary>evidence</summary>
<dl>
<dt>Decision</dt><dd>${id}</dd>
${because === undefined ? [] : [html`<dt>Because</dt><dd>${because}</dd>`]}
<dt>${did}</dt><dd>${calls.length === 0 ? 'none' : calls.map((call) => html`<pre>${call.operation} ${text(call.input)}</pre>`)}</dd>
<dt>Before</dt><dd><pre>${text(before)}</pre></dd>
${after === undefined ? [] : [html`<dt>After</dt><dd><pre>${text(after)}</pre></dd>`]}
<dt>Times</dt><dd><pre>${text(at)}</pre></dd>
</dl></details>`;
}

const text = (value: unknown): string => JSON.stringify(value, null, 2);
