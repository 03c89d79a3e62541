import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AnyGuardrail, Framework } from '#core';
import { bodyOf, summaryOf } from '#engine';
import { decisionRow, eventRow, folderOf, type LakeRow, linesOf, rowContext } from '#lake';
import { frameworks } from '#policies/frameworks/index';
import { mapped } from '#policies/frameworks/mapped';
import { packageCommit, packageVersion } from '../package-folder';
import type { Demo } from './run';

/** What the demo leaves behind. */
export interface DemoFiles {
  readonly decisions: string;
  readonly lake: string;
  readonly page: string;
}

const ORIGIN =
  'Decisions of the twin: the synthesised deployment, simulated with a virtual clock. No AWS account was reached.';

/** Writes decisions.ndjson, a lake, and index.html, the report of that lake, into a folder. */
export async function writeDemo(
  demo: Demo,
  folder: string,
  guardrails: readonly AnyGuardrail[],
): Promise<DemoFiles> {
  const files = {
    decisions: path.join(folder, 'decisions.ndjson'),
    lake: path.join(folder, 'lake'),
    page: path.join(folder, 'index.html'),
  };
  mkdirSync(folder, { recursive: true });
  const all = demo.steps.flatMap((step) => step.decisions);
  writeFileSync(
    files.decisions,
    all.map((decision) => `${JSON.stringify(bodyOf(decision))}\n`).join(''),
  );
  // Rows of an earlier run would be counted with these.
  rmSync(files.lake, { recursive: true, force: true });
  writeLake(rowsOf(demo, guardrails), files.lake);
  writeFileSync(files.page, await pageOf(demo, files.lake, guardrails));
  return files;
}

/** What the responders would send to the lake: each decision, and each event that reached one. */
function rowsOf({ steps, organization }: Demo, guardrails: readonly AnyGuardrail[]) {
  const context = rowContext(
    {
      id: organization.id,
      accounts: Object.fromEntries(organization.accounts.map((account) => [account.id, account])),
    },
    guardrails.map(mapped),
  );
  const decisions = steps.flatMap((step) =>
    step.decisions.map((decision) =>
      decisionRow(summaryOf(decision, { body: referenceTo(bodyOf(decision)) }), context),
    ),
  );
  const events = steps.flatMap(({ journeys }) =>
    journeys
      .filter(({ handled }) => handled.length > 0)
      .map(({ event }) => eventRow(JSON.stringify(event), context)),
  );
  return [...decisions, ...events];
}

function referenceTo(body: unknown) {
  const text = JSON.stringify(body);
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { sha256, bytes: Buffer.byteLength(text) };
}

function writeLake(rows: readonly LakeRow[], lake: string): void {
  for (const folder of new Set(rows.map(folderOf))) {
    mkdirSync(path.join(lake, folder), { recursive: true });
    const own = rows.filter((row) => folderOf(row) === folder);
    writeFileSync(path.join(lake, folder, 'demo.ndjson'), linesOf(own));
  }
}

async function pageOf(
  { title, organization, day }: Demo,
  lake: string,
  guardrails: readonly AnyGuardrail[],
): Promise<string> {
  // DuckDB takes a third of a second to load: only this pays for it.
  const { reportOfFolder } = require('../report/make') as typeof import('../report/make');
  const { renderHtml } = require('#report/html/page') as typeof import('#report/html/page');
  const report = await reportOfFolder(lake, {
    framework: shownFramework(),
    ...{ from: day, to: day, guardrails, accounts: organization.accounts },
    origin: { title, text: ORIGIN },
    version: packageVersion(),
    commit: packageCommit(),
    tell: () => {},
  });
  return renderHtml(report);
}

function shownFramework(): Framework {
  const found = frameworks.find(({ id }) => id === 'cis-5.0');
  if (!found) throw new Error('cis-5.0 is not among the frameworks');
  return found;
}
