import { createHash } from 'node:crypto';
import type { Report } from '../rows';
import { type Html, html } from '../template';
import { controls } from './controls';
import { cover, headline } from './cover';
import { coverage } from './coverage';
import { decisionList, sample } from './decisions';
import { heat } from './heat';
import { integrity } from './integrity';
import { exceptions, guardrails, repeated } from './lists';
import { completeness, method } from './rests';
import { SCRIPT } from './script';
import { STYLE } from './style';
import { times } from './times';
import { trend } from './trend';
import { units } from './units';

/** A report is one file that fits into an e-mail. What is above this, decisions give up. */
const LARGEST_PAGE_BYTES = 4_900_000;

/** A cell of the heat table that leads to a decision is longer by its link. */
const LINK_BYTES = 90;

const NAVIGATION = [
  ['summary', 'Summary'],
  ['controls', 'Controls'],
  ['accounts', 'Accounts'],
  ['units', 'Units'],
  ['trend', 'Trend'],
  ['times', 'Times'],
  ['guardrails', 'Guardrails'],
  ['repeated', 'Repeated'],
  ['exceptions', 'Exceptions'],
  ['decisions', 'Decisions'],
  ['sample', 'Sample'],
  ['coverage', 'Coverage'],
  ['completeness', 'Completeness'],
  ['integrity', 'Integrity'],
  ['method', 'Method'],
] as const;

const hashOf = (text: string): string =>
  `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** The policy of the page: its own style and script, nothing else, nothing from outside. */
const POLICY = `default-src 'none'; style-src '${hashOf(STYLE)}'; script-src '${hashOf(SCRIPT)}'; base-uri 'none'; form-action 'none'`;

/** The report as one HTML file: no request, readable without script, every text escaped. */
export function renderHtml(report: Report): string {
  const before = [headline(report), controls(report)];
  const between = [units, trend, times, guardrails, repeated, exceptions].map((part) =>
    part(report),
  );
  const after = [sample, coverage, completeness, integrity, method].map((part) => part(report));
  const rest = [...before, heat(report, new Set()), ...between, ...after, { html: STYLE + SCRIPT }];
  const taken = rest.reduce((sum, part) => sum + Buffer.byteLength(part.html), 0);
  const links = report.cells.length * LINK_BYTES;
  const decisions = decisionList(report, Math.max(0, LARGEST_PAGE_BYTES - taken - links));
  const main = [...before, heat(report, decisions.anchors), ...between, decisions.html, ...after];
  return shell(report, main);
}

function shell(report: Report, main: readonly Html[]): string {
  const { framework, period, version } = report.cover;
  const style: Html = { html: STYLE };
  const script: Html = { html: SCRIPT };
  const page = html`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${framework.name} ${framework.version}, ${period.from} to ${period.to}: Parapet</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#main">To the report</a>
${cover(report)}
<nav aria-label="Parts of the report"><ul>${NAVIGATION.map(([id, words]) => html`<li><a href="#${id}">${words}</a></li>`)}</ul></nav>
<main id="main">
${main.flatMap((part) => [part, { html: '\n' }])}</main>
<footer>Parapet ${version}. One file, no request: it can be kept and sent as it is.</footer>
<script>${script}</script>
</body>
</html>`;
  return `<!doctype html>\n${page.html}\n`;
}
