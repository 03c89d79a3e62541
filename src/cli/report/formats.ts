import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '#core';
import { renderCsv } from '#report/csv';
import { renderHtml } from '#report/html/page';
import { renderJson } from '#report/json';
import { renderOscal } from '#report/oscal/render';
import type { Report } from '#report/rows';
import { writeAtomically } from '../files';

const DOCUMENTS = { html: renderHtml, json: renderJson, oscal: renderOscal } as const;

export type Format = keyof typeof DOCUMENTS | 'csv';

/** The report as text in one document. */
export function documentOf(report: Report, format: Format): string {
  if (format === 'csv')
    throw new UserError('--format csv writes one file a table: name a folder with --out');
  return DOCUMENTS[format](report);
}

/** Writes the report; gives the files. CSV is one file a table, in a folder. */
export function writeReport(report: Report, format: Format, out: string): readonly string[] {
  if (format !== 'csv') {
    writeAtomically(out, documentOf(report, format));
    return [out];
  }
  mkdirSync(out, { recursive: true });
  return renderCsv(report).map(({ name, text }) => {
    const file = path.join(out, name);
    writeAtomically(file, text);
    return file;
  });
}
