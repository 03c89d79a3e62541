import type { CallMade, DecisionDetail } from '../decision-detail';
import type { Report } from '../rows';
import { type Html, html } from '../template';
import { diff, pretty } from './diff';
import { cellId } from './heat';
import { clock, duration, grouped } from './words';

/** Text of a state above this is cut: the body in the evidence store has it whole. */
const MOST_CHARACTERS = 8000;

/** How a decision is titled by its outcome. */
const OUTCOMES: Readonly<Record<string, string>> = {
  failed: 'Repair failed',
  partly: 'Partly repaired',
  undetermined: 'Undetermined',
  held: 'Held back',
  shadowed: 'Would be repaired',
  observed: 'Observed',
  repaired: 'Repaired',
  waived: 'Exempt',
  nothing: 'Complies',
};

export interface Rendered {
  readonly html: Html;
  /** Anchors that exist, of accounts and guardrails. */
  readonly anchors: ReadonlySet<string>;
}

/** Outcomes that somebody must do something about: their group stands open. */
const NEEDS_SOMEBODY: ReadonlySet<string> = new Set(['failed', 'partly']);

/** Decisions with their evidence by outcome, as many as fit into so many bytes. */
export function decisionList({ decisions, listed }: Report, room: number): Rendered {
  const anchors = new Set<string>();
  const groups = new Map<string, Html[]>();
  let used = 0;
  let shown = 0;
  for (const decision of decisions) {
    const key = cellId(decision.account, decision.guardrail);
    const item = detail(decision, anchors.has(key) ? undefined : key);
    used += Buffer.byteLength(item.html);
    if (used > room) break;
    anchors.add(key);
    groups.set(decision.outcome, [...(groups.get(decision.outcome) ?? []), item]);
    shown += 1;
  }
  const totals = new Map(listed.map((one) => [one.outcome, one.decisions]));
  const parts = [...groups].map(([outcome, items]) => group(outcome, items, totals.get(outcome)));
  return { html: section(parts, decisions.length - shown), anchors };
}

function section(groups: readonly Html[], cut: number): Html {
  return html`<section id="decisions" aria-labelledby="decisions-h">
<h2 id="decisions-h">Decisions and their evidence</h2>
${
  groups.length === 0
    ? html`<p>No decision in the period.</p>`
    : html`<p>Those that need somebody come first, then the latest of the others.${cut === 0 ? '' : html` <strong>${grouped(cut)} are cut here</strong> to keep this file small; the JSON has them all.`}</p>
<div id="filter"></div>
${groups}`
}
</section>`;
}

function group(outcome: string, items: readonly Html[], total = items.length): Html {
  const counts =
    items.length < total
      ? `the latest ${grouped(items.length)} of ${grouped(total)}`
      : grouped(total);
  return html`<details class="group o-${outcome}"${NEEDS_SOMEBODY.has(outcome) ? html` open` : ''}>
<summary><span class="outcome">${OUTCOMES[outcome] ?? outcome}</span> <small>${counts}</small></summary>
<div class="list">${items}</div>
</details>`;
}

/** One decision, folded. The anchor stands inside, so that following a link unfolds it. */
export function detail(decision: DecisionDetail, anchor: string | undefined): Html {
  const { outcome, guardrail, resource, account, accountName, verdict, reason, recorded } =
    decision;
  return html`<details class="decision o-${outcome}" data-outcome="${outcome}">
<summary><span class="outcome">${OUTCOMES[outcome] ?? outcome}</span><span class="what"><b>${guardrail}</b> <span class="arn">${resource}</span></span><span class="who">${accountName || account}</span><time datetime="${recorded}">${clock(recorded)}</time></summary>
<div class="evidence"${anchor === undefined ? '' : html` id="${anchor}"`}>
<p class="reason"><b>${verdict}</b>: ${reason}${decision.because === undefined ? '' : html` <em>${decision.because}</em>`}</p>
${nextStep(outcome)}
<dl>
<div><dt>Account</dt><dd>${account} ${accountName} <small>${decision.unit} ${decision.region}</small></dd></div>
<div><dt>Mode</dt><dd>${decision.mode} <small>${decision.modeFrom}</small></dd></div>
${caused(decision)}
<div><dt>Times</dt><dd>${decision.called === undefined ? 'unknown' : html`called ${clock(decision.called)}`}${decision.detectMs === undefined ? '' : `, detected after ${duration(decision.detectMs)}`}${decision.repairMs === undefined ? '' : `, repaired after ${duration(decision.repairMs)}`}</dd></div>
<div><dt>${decision.made.length > 0 ? 'Calls made' : 'Calls planned'}</dt><dd>${calls(decision)}</dd></div>
<div><dt>Decision</dt><dd class="arn">${decision.id}${decision.follows === undefined ? '' : html` follows ${decision.follows}`}</dd></div>
<div><dt>Evidence</dt><dd class="arn">${decision.sha256 === undefined ? 'no body is named' : `sha256 ${decision.sha256}`}</dd></div>
${decision.eventSha256 === undefined ? [] : [html`<div><dt>Event</dt><dd class="arn">sha256 ${decision.eventSha256}</dd></div>`]}
</dl>
${states(decision)}
</div></details>`;
}

const NEXT: Readonly<Record<string, string>> = {
  failed:
    'The repair did not take hold: look at the refused call below, mend it, or repair by hand.',
  partly: 'Some calls were made and some were not: look again before anything else is changed.',
  undetermined: 'The state could not be read: see that the reader role may read it.',
  held: 'A gate held it back: see why, and release it or repair by hand.',
};

const nextStep = (outcome: string): Html =>
  NEXT[outcome] === undefined ? html`` : html`<p class="next"><b>Next:</b> ${NEXT[outcome]}</p>`;

function caused({ call, cause, causeId }: DecisionDetail): Html {
  const words = call ? html`${call.name} <small>${call.source}</small>` : cause;
  return html`<div><dt>Woken by</dt><dd>${words} <small class="arn">${causeId}</small></dd></div>
${call?.caller ? html`<div><dt>Caller</dt><dd class="arn">${call.caller}</dd></div>` : html``}`;
}

function calls({ planned, made }: DecisionDetail): Html {
  if (made.length === 0)
    return planned.length === 0
      ? html`none`
      : html`<ol>${planned.map((one) => html`<li>${one}</li>`)}</ol>`;
  return html`<ol>${made.map(callMade)}</ol>`;
}

const callMade = ({ operation, requestId, at, error }: CallMade): Html =>
  html`<li>${operation}${error === undefined ? '' : html` <strong class="refused">${error}</strong>`} <small class="arn">${at === undefined ? '' : clock(at)} ${requestId === '' ? '' : `request ${requestId}`}</small></li>`;

function states({ id, before, after }: DecisionDetail): Html {
  if (before === undefined && after === undefined)
    return html`<p><small>State before and after are in the body that the evidence names.</small></p>`;
  const [old, now] = [before, after].map((text) => (text === undefined ? undefined : pretty(text)));
  const lines = old !== undefined && now !== undefined ? diff(old, now) : undefined;
  if (lines && old !== now)
    return html`<p class="label">State before and after</p><pre class="diff" tabindex="0" role="region" aria-label="State before and after of ${id}">${lines.map(
      ({ side, text }) =>
        side === 'both'
          ? html`<span>  ${text}\n</span>`
          : side === 'before'
            ? html`<del>− ${text}\n</del>`
            : html`<ins>+ ${text}\n</ins>`,
    )}</pre>`;
  return html`${stateOf('State before', id, old)}${old === now ? html`<p><small>The state after is the same.</small></p>` : stateOf('State after', id, now)}`;
}

const stateOf = (title: string, id: string, text: string | undefined): Html =>
  text === undefined
    ? html``
    : html`<p class="label">${title}</p><pre tabindex="0" role="region" aria-label="${title} of ${id}">${cut(text)}</pre>`;

const cut = (text: string): string =>
  text.length <= MOST_CHARACTERS
    ? text
    : `${text.slice(0, MOST_CHARACTERS)}\n… ${text.length - MOST_CHARACTERS} characters more in the body`;

/** A sample to look into, drawn so that everybody draws the same. */
export function sample({ sample: { seed, decisions } }: Report): Html {
  if (decisions.length === 0)
    return html`<section id="sample" aria-labelledby="sample-h">
<h2 id="sample-h">Sample</h2>
<p>No decision in the period: there is nothing to draw from.</p>
</section>`;
  return html`<section id="sample" aria-labelledby="sample-h">
<h2 id="sample-h">Sample</h2>
<p>${decisions.length} decisions drawn from all of the period. The same lake and the seed <code>${seed}</code> draw the same ones.</p>
<div class="list">${decisions.map((decision) => detail(decision, undefined))}</div>
</section>`;
}
