import { manifestText } from './integrity';
import type { Report } from './rows';

type Cell = string | number | boolean | undefined;

/** A table of the report as CSV: its file name and its text. */
export interface CsvFile {
  readonly name: string;
  readonly text: string;
}

/** One CSV a table, RFC 4180, with a line of heads. A text that a spreadsheet would run is disarmed. */
export function renderCsv(report: Report): readonly CsvFile[] {
  const { controls, accounts, units, cells, guardrails, trend, waits, exceptions } = report;
  const standing = (of: (typeof cells)[number]['standing']) => ({ ...of });
  return [
    file(
      'controls',
      controls.flatMap(({ servedBy, ...control }) =>
        servedBy.length === 0
          ? [
              {
                ...control,
                guardrail: '',
                strength: '',
                bearing: '',
                guardrailStatus: '',
                rationale: '',
              },
            ]
          : servedBy.map(({ guardrail, strength, bearing, status, rationale }) => ({
              ...control,
              ...{ guardrail, strength, bearing, guardrailStatus: status, rationale },
            })),
      ),
    ),
    file(
      'cells',
      cells.map(({ standing: of, ...cell }) => ({ ...cell, ...standing(of) })),
    ),
    file(
      'accounts',
      accounts.map(({ standing: of, ...one }) => ({ ...one, ...standing(of) })),
    ),
    file(
      'units',
      units.map(({ standing: of, ...one }) => ({ ...one, ...standing(of) })),
    ),
    file(
      'guardrails',
      guardrails.map(({ standing: of, limits, controls: served, ...one }) => ({
        ...one,
        ...standing(of),
        controls: served.join(' '),
        limits: limits.join(' '),
      })),
    ),
    file(
      'trend',
      trend.map((one) => ({ ...one })),
    ),
    file(
      'times',
      waits.map((one) => ({ ...one })),
    ),
    file(
      'recurrences',
      report.recurrences.map((one) => ({ ...one })),
    ),
    file(
      'exceptions',
      exceptions.map((one) => ({ ...one })),
    ),
    file(
      'changes',
      report.changes.map((one) => ({ ...one })),
    ),
    file('decisions', report.decisions.map(flat)),
    file('sample', report.sample.decisions.map(flat)),
    file(
      'days',
      report.completeness.days.map((one) => ({ ...one })),
    ),
    file(
      'problems',
      report.completeness.problems.map((one) => ({ ...one })),
    ),
    file(
      'modes',
      report.coverage.modes.flatMap(({ guardrail, modes }) =>
        Object.entries(modes).map(([mode, accounts]) => ({ guardrail, mode, accounts })),
      ),
    ),
    file(
      'unanswered',
      (report.coverage.reconciliation?.unanswered ?? []).map((one) => ({ ...one })),
    ),
    file(
      'versions',
      report.integrity.ruleset.versions.map(({ decided, ...one }) => ({
        ...one,
        decided: decided.join(' '),
      })),
    ),
    { name: 'objects.sha256', text: manifestText(report.integrity.objects) },
  ];
}

const flat = ({ call, planned, made, ...decision }: Report['decisions'][number]) => ({
  ...decision,
  call: call?.name,
  caller: call?.caller,
  planned: planned.join(' '),
  made: made.map(({ operation, error }) => (error ? `${operation}!${error}` : operation)).join(' '),
  requests: made.map(({ requestId }) => requestId).join(' '),
});

function file(name: string, rows: readonly Readonly<Record<string, Cell>>[]): CsvFile {
  const heads = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [heads, ...rows.map((row) => heads.map((head) => row[head]))];
  return {
    name: `${name}.csv`,
    text: lines.map((line) => `${line.map(cellOf).join(',')}\r\n`).join(''),
  };
}

function cellOf(value: Cell): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? disarmed(value) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Spreadsheets run what begins so (OWASP, CSV injection). */
const disarmed = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
