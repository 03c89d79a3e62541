import type { Report } from '../rows';
import type { VersionRow } from '../ruleset';
import { type Html, html } from '../template';
import { table } from './table';
import { bytes, counted, grouped } from './words';

/** More objects than this are in the CSV's manifest alone. */
const MOST_OBJECTS = 200;

/** From what the report was made, and how anybody checks it. */
export function integrity({ integrity: found, cover, completeness }: Report): Html {
  const { ruleset, input, objects } = found;
  const isHashed = objects.every(({ sha256 }) => sha256 !== undefined);
  const { framework, period, version } = cover;
  return html`<section id="integrity" aria-labelledby="integrity-h">
<h2 id="integrity-h">Integrity, and how to check it</h2>
<dl class="facts">
<div><dt>Input</dt><dd class="arn">sha256 ${input}<small>${counted(objects.length, 'object')}, ${bytes(completeness.bytes)}; ${isHashed ? 'over the names and SHA-256 of all' : 'over names and sizes: together they are too large to be hashed here'}</small></dd></div>
<div><dt>Rules</dt><dd class="arn">sha256 ${ruleset.digest}<small>over what the installed guardrails declare and the mapping of ${framework.name} ${framework.version}</small></dd></div>
<div><dt>Parapet</dt><dd>${version}<small>${ruleset.commit === undefined ? 'this copy does not tell its commit' : html`commit <span class="arn">${ruleset.commit}</span>`}</small></dd></div>
</dl>
<h3>To check</h3>
<ol class="steps">
<li><b>The input is the same.</b> <code>parapet report … --format csv --out tables</code> writes <code>tables/objects.sha256</code>, of which the digest above is the SHA-256. ${isHashed ? html`In the lake’s folder <code>sha256sum --check objects.sha256</code> reads every object again.` : ''}</li>
<li><b>The report is the same.</b> <code>parapet report --framework ${framework.id} --from ${period.from} --to ${period.to} --lake &lt;lake&gt; --out again.html</code>, with the same version and, where they were given, the same <code>--organization</code>${cover.redaction === undefined ? '' : html`, <code>--redact</code>`} and <code>--as-of</code>, gives this file byte for byte.</li>
<li><b>A decision is what was decided.</b> Its evidence lies under its hash: <code>aws s3 cp s3://parapet-bodies-&lt;account&gt;-&lt;Region&gt;/sha256/&lt;sha256&gt;.json - | sha256sum</code> gives the same hash again, for the decision and for the event alike.</li>
<li><b>A call was made.</b> Ask CloudTrail for the event id, or AWS for the request id, that the decision names; <code>aws cloudtrail validate-logs</code> proves the trail’s files by their signed digests.</li>
</ol>
<p><small>Not shown, as the lake does not hold it: whether the evidence is still under Object Lock, and until when; whether the trail’s digests are whole. The rows of the lake are not signed: what proves a decision is its evidence.</small></p>
<details class="quiet"><summary>Versions of the guardrails</summary>${table('Versions of the guardrails', ['Guardrail', { number: 'Installed' }, 'Decided in the period by'], ruleset.versions.map(versionRow))}</details>
${
  objects.length === 0
    ? []
    : [
        html`<details class="quiet twin"><summary>Objects that were read</summary>${table(
          'Objects that were read',
          ['Object', { number: 'Bytes' }, 'SHA-256'],
          objects
            .slice(0, MOST_OBJECTS)
            .map(
              ({ name, bytes: size, sha256 }) =>
                html`<tr><th scope="row" class="arn">${name}</th><td class="n">${grouped(size)}</td><td class="arn">${sha256 ?? 'not hashed'}</td></tr>`,
            ),
        )}${objects.length <= MOST_OBJECTS ? [] : [html`<p>${grouped(objects.length - MOST_OBJECTS)} more are in the CSV and JSON.</p>`]}</details>`,
      ]
}
</section>`;
}

function versionRow({ guardrail, installed, decided }: VersionRow): Html {
  const others = decided.filter((version) => version !== installed);
  return html`<tr><th scope="row">${guardrail}</th><td class="n">${installed ?? 'not installed'}</td><td>${decided.length === 0 ? 'no decision' : decided.map((version) => `version ${version}`).join(', ')}${others.length === 0 || installed === undefined ? '' : html` <small>not all by the installed one</small>`}</td></tr>`;
}
