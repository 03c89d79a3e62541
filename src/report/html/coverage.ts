import { MOST_MATCHED, type ModeRow, type Reconciliation } from '../coverage';
import type { Report } from '../rows';
import { type Html, html } from '../template';
import { table } from './table';
import { counted, grouped, share } from './words';

/** Modes as the ladder has them, the strongest first; others stand behind. */
const LADDER = ['enforce', 'approve', 'notify', 'shadow', 'observe', 'off'];

/** What was watched in how many accounts, and whether calls and decisions answer each other. */
export function coverage({ coverage: { modes, reconciliation } }: Report): Html {
  const isKnown = modes.some(({ accounts }) => accounts > 0);
  const seen = new Set(modes.flatMap((row) => Object.keys(row.modes)));
  const columns = [
    ...LADDER.filter((mode) => seen.has(mode)),
    ...[...seen].filter((mode) => !LADDER.includes(mode)).sort(),
  ];
  return html`<section id="coverage" aria-labelledby="coverage-h">
<h2 id="coverage-h">Coverage</h2>
<p>In how many accounts each guardrail judged anything, and in which mode, by its latest decision there. An account without a decision had no call that concerns the guardrail, or is not covered: decisions alone cannot tell which.</p>
${
  isKnown
    ? table(
        'Accounts by guardrail and mode',
        ['Guardrail', { number: 'Accounts judged' }, ...columns.map((number) => ({ number }))],
        modes.map((row) => modeRow(row, columns)),
      )
    : html`<p>No account is known.</p>`
}
<h3>Calls and decisions</h3>
${reconciliation === undefined ? html`<p>The period has more than ${grouped(MOST_MATCHED)} calls and decisions: they are not matched one by one. A shorter period matches them.</p>` : matched(reconciliation)}
<p><small>This compares what the bus brought with what was decided on it. A call that the bus never brought is in neither: only the trail’s own files tell of it, and they are not in the lake.</small></p>
</section>`;
}

const modeRow = ({ guardrail, judged, accounts, modes }: ModeRow, columns: readonly string[]) =>
  html`<tr><th scope="row"><a href="#g-${guardrail}">${guardrail}</a></th><td class="n">${grouped(judged)} of ${grouped(accounts)} <small>${share(judged, accounts)}</small></td>${columns.map((mode) => html`<td class="n">${modes[mode] === undefined ? '–' : grouped(modes[mode])}</td>`)}</tr>`;

function matched({ calls, judged, woken, recorded, unanswered }: Reconciliation): Html {
  if (calls + woken === 0) return html`<p>The period has neither calls nor decisions.</p>`;
  const without = unanswered.reduce((sum, one) => sum + one.calls, 0);
  return html`<ul class="figures">
<li><b>${share(recorded, woken)}</b> of decisions have their call<small>${grouped(recorded)} of ${grouped(woken)} that a call woke; ${recorded === woken ? 'none lacks it' : `of ${grouped(woken - recorded)} the call is not in the lake`}</small></li>
<li><b>${grouped(judged)}</b> calls were decided on<small>of ${counted(calls, 'call')} recorded</small></li>
<li><b>${grouped(without)}</b> watched calls without a decision<small>left out: the last ten minutes, whose decisions may follow</small></li>
</ul>
${
  unanswered.length === 0
    ? []
    : [
        html`<p>A guardrail passes over its own repairs, a call that touches none of its resources, and every call where its mode is off. All else here should have been decided: look into the rejects and dead letters of the day.</p>`,
        table(
          'Watched calls without a decision',
          ['Call', 'Source', { number: 'Calls' }],
          unanswered.map(
            ({ source, operation, calls: count }) =>
              html`<tr><th scope="row">${operation}</th><td>${source}</td><td class="n">${grouped(count)}</td></tr>`,
          ),
        ),
      ]
}`;
}
