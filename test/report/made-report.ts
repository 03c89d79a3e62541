import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Framework } from '#core';
import { frameworks } from '#policies/frameworks/index';
import { guardrails } from '#policies/guardrails/index';
import type { ReportInput } from '#report/input';
import { reportOn } from '#report/report';
import type { Report } from '#report/rows';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A new folder for a lake; it goes when the tests of the file are done. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-test-'));
  folders.push(folder);
  return folder;
}

export const framework = (id: string): Framework => {
  const found = frameworks.find((one) => one.id === id);
  if (!found) throw new Error(`no framework ${id}`);
  return found;
};

/** The report of a lake in March 2026, unless told otherwise. */
export async function reportOf(folder: string, said: Partial<ReportInput> = {}): Promise<Report> {
  return reportOn(folder, {
    period: { from: '2026-03-10', to: '2026-03-12' },
    framework: framework('cis-5.0'),
    guardrails,
    version: '1.0.0',
    ...said,
  });
}
