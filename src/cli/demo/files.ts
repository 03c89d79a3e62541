import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bodyOf } from '#engine';
import { decisionsPage } from '#report/decisions-page';
import type { Demo } from './run';

/** Writes decisions.ndjson and index.html into a folder; gives their paths. */
export function writeDemo(
  demo: Demo,
  folder: string,
): { readonly decisions: string; readonly page: string } {
  mkdirSync(folder, { recursive: true });
  const decisions = path.join(folder, 'decisions.ndjson');
  const page = path.join(folder, 'index.html');
  const all = demo.steps.flatMap((step) => step.decisions);
  writeFileSync(decisions, all.map((decision) => `${JSON.stringify(bodyOf(decision))}\n`).join(''));
  writeFileSync(
    page,
    decisionsPage({
      title: demo.title,
      origin:
        'Decisions of the twin: the synthesised deployment, simulated with a virtual clock. No AWS account was reached.',
      decisions: all.map((decision) => ({
        decision,
        accountName: demo.twin.names.get(decision.resource.account) ?? decision.resource.account,
      })),
      stopped: demo.steps.flatMap(({ at, step, stopped }) =>
        stopped === undefined ? [] : [{ at, what: step.name, reason: stopped }],
      ),
    }),
  );
  return { decisions, page };
}
