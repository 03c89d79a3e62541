import type { Report } from '../rows';
import { type Html, html } from '../template';
import { table } from './table';
import { bytes, clock, counted, grouped, STATUS_ORDER, STATUSES, share } from './words';

/** What the report rests on: days, accounts, objects, and all that could not be read. */
export function completeness({ completeness: found, cover }: Report): Html {
  const { days, problems, accountsSilent, accountsSeen } = found;
  const filled = days.filter(({ decisions }) => decisions > 0).length;
  return html`<section id="completeness" aria-labelledby="completeness-h">
<h2 id="completeness-h">What this report rests on</h2>
<ul class="figures">
<li><b>${filled} of ${days.length}</b> days have decisions<small>last decision ${found.lastDecision === undefined ? 'none' : clock(found.lastDecision)}</small></li>
<li><b>${share(accountsSeen, cover.accounts)}</b> of accounts were heard of<small>${cover.hasSnapshot ? `${grouped(accountsSeen)} of ${grouped(cover.accounts)} in the organization` : 'no organization snapshot was given: accounts that are silent are not known'}</small></li>
<li><b>${grouped(found.events)}</b> API calls recorded<small>last ${found.lastEvent === undefined ? 'none' : clock(found.lastEvent)}</small></li>
<li><b>${grouped(found.objects)}</b> objects read<small>${bytes(found.bytes)}</small></li>
</ul>
<p class="days" role="img" aria-label="${filled} of ${days.length} days have decisions">${days.map(({ day, decisions, events }) => html`<span class="day ${decisions > 0 ? 'full' : events > 0 ? 'half' : 'empty'}" title="${day}: ${grouped(decisions)} decisions, ${grouped(events)} calls"></span>`)}</p>
<details class="quiet twin"><summary>Day by day</summary>${table(
    'Rows and objects by day',
    ['Day', { number: 'Decisions' }, { number: 'API calls' }, { number: 'Objects' }],
    days.map(
      ({ day, decisions, events, objects }) =>
        html`<tr><th scope="row">${day}</th><td class="n">${decisions + events + objects === 0 ? 'no data' : grouped(decisions)}</td><td class="n">${grouped(events)}</td><td class="n">${grouped(objects)}</td></tr>`,
    ),
  )}</details>
${accountsSilent.length === 0 ? [] : [html`<details class="quiet"><summary>${counted(accountsSilent.length, 'account')} of which nothing was heard</summary><p>${accountsSilent.join(', ')}</p></details>`]}
<h3>What could not be counted</h3>
${
  problems.length === 0
    ? html`<p>Every object of the lake that the period concerns was read whole, and each row is counted once.</p>`
    : table(
        'Objects and rows that could not be counted as data',
        ['Object', 'Kind', { number: 'Count' }, 'What'],
        problems
          .slice(0, 500)
          .map(
            ({ object, kind, count, what }) =>
              html`<tr><th scope="row" class="arn">${object}</th><td>${kind}</td><td class="n">${grouped(count)}</td><td>${what}</td></tr>`,
          ),
      )
}
${problems.length <= 500 ? [] : [html`<p>${grouped(problems.length - 500)} more are in the JSON.</p>`]}
</section>`;
}

/** How to read it, and what it cannot say. */
export function method({ cover: { framework } }: Report): Html {
  return html`<section id="method" aria-labelledby="method-h">
<h2 id="method-h">Method and limits</h2>
<dl class="words">${STATUS_ORDER.map((status) => html`<div><dt><span class="badge s-${status}"><span aria-hidden="true">${STATUSES[status].sign}</span> ${STATUSES[status].words}</span></dt><dd>${STATUSES[status].means}.</dd></div>`)}</dl>
<ul>
<li>A guardrail is woken by an API call and judges the state of the resource itself. A resource stands as its latest decision of the period left it. Resources that no call touched are not judged, so <em>Passing</em> speaks for what was judged, not for all there is.</li>
<li>A control takes the strictest status of the guardrails that serve it. <b>full</b>: decisions prove the control. <b>partial</b>: they prove some of it. <b>supporting</b>: they only help, and neither pass nor fail it. <b>by watching</b>: the control asks that changes are watched, so a violation that was seen and recorded serves it. The mapping and the titles are Parapet’s own; they map to ${framework.name} ${framework.version} and are neither endorsed by its publisher nor a certification.</li>
<li>Percentiles are exact, over violations that tell the moments. Delivery is AWS’s: EventBridge delivers CloudTrail events best effort, typically within seconds, without promise.</li>
<li>This report cannot say: how many calls the bus never brought (only the trail’s files tell), which waivers went unused, and who changed a configuration: its history is in the repository that holds it.</li>
<li>Nothing here depends on the clock: the same lake, period and version give the same bytes.</li>
</ul>
</section>`;
}
