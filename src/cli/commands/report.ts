import { existsSync, readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { readSnapshot, snapshotPath } from '#config';
import { ENROLMENT, type Framework, UserError } from '#core';
import { frameworks } from '#policies/frameworks/index';
import { parseDay, parseMoment } from '#report/period';
import { redacted } from '#report/redact/redacted';
import type { Report } from '#report/rows';
import { counted, print, tell } from '../output';
import { packageCommit, packageVersion } from '../package-folder';
import { documentOf, type Format, writeReport } from '../report/formats';
import type { GlobalOptions, Session, Verb } from '../session';

interface Options {
  readonly lake: string;
  readonly framework: string;
  readonly from?: string;
  readonly to?: string;
  readonly asOf?: string;
  readonly organization?: string;
  readonly redact?: string;
  readonly format: Format;
  readonly out?: string;
  readonly failOnOpen?: true;
}

/** `parapet report`: what the lake says about the controls of a framework. */
export const report: Verb = (session) =>
  new Command('report')
    .summary('a compliance report from the data lake')
    .description(
      'Makes a report for one framework from the decisions and API calls in a lake. The same lake, period and version give the same bytes. Changes nothing; S3 is read with your AWS credentials.',
    )
    .requiredOption('--lake <folder|s3://…>', 'the lake: where class=…/event_day=…/ lie')
    .addOption(
      new Option('--framework <id>', 'which controls')
        .choices(frameworks.map(({ id }) => id))
        .default('cis-5.0'),
    )
    .option('--from <day>', 'first day, UTC (default: 30 days up to the last)')
    .option('--to <day>', 'last day, UTC, included (default: the last one that has decisions)')
    .option('--as-of <moment>', 'leave out what came later, e.g. 2026-11-21T12:00:00Z')
    .option(
      '--organization <file>',
      "its snapshot (default: the configuration's, where there is one)",
    )
    .option(
      '--redact <key file>',
      'for people outside: pseudonyms in place of accounts, callers, resources and addresses',
    )
    .addOption(
      new Option('--format <format>', 'of the output')
        .choices(['html', 'csv', 'json', 'oscal'])
        .default('html'),
    )
    .option('--out <file>', 'where to write; for csv a folder (default: stdout)')
    .option('--fail-on-open', 'exit with 1 where a violation stands')
    .addHelpText(
      'after',
      `
Examples:
  parapet report --lake ./lake --out report.html
  parapet report --lake s3://parapet-lake-333333333333-us-east-1 --framework nist-800-53-r5 --from 2026-10-01 --to 2026-12-31 --out q4.html
  parapet report --lake ./lake --format oscal > assessment-results.json
  parapet report --lake ./lake --format csv --out tables/
  parapet report --lake ./lake --redact redact.key --out for-others.html

Exit codes: 0 the report was made (with --fail-on-open: and nothing stands open), 1 a violation
stands, with --fail-on-open, 2 usage, 3 failed. What could not be read is in the report, and on stderr.`,
    )
    .action(async (options: Options, command: Command) => {
      const format = formatOf(options, command);
      if (format === 'csv' && options.out === undefined)
        throw new UserError('--format csv writes one file a table: name a folder with --out');
      const made = shown(await make(options, command, session), options);
      tellGaps(session, made);
      if (options.out === undefined) session.stdout.write(documentOf(made, format));
      else {
        const files = writeReport(made, format, options.out);
        print(session, command, { json: { ...summaryOf(made), files }, text: textOf(made, files) });
      }
      if (options.failOnOpen && made.totals.open > 0) session.exit(1);
    });

/** DuckDB takes a third of a second to load: only this verb pays for it. */
const makers = () => require('../report/make') as typeof import('../report/make');

/** `--json` without a file is the report itself as JSON. */
function formatOf({ format, out }: Options, command: Command): Format {
  const isJson = command.optsWithGlobals<GlobalOptions>().json === true;
  const isGiven = command.getOptionValueSource('format') === 'cli';
  return isJson && out === undefined && !isGiven ? 'json' : format;
}

async function make(options: Options, command: Command, session: Session): Promise<Report> {
  const { lake, from, to, asOf } = options;
  const { reportOfBucket, reportOfFolder } = makers();
  const input = {
    framework: frameworkOf(options.framework),
    from: from && parseDay(from, '--from'),
    to: to && parseDay(to, '--to'),
    asOf: asOf && parseMoment(asOf, '--as-of'),
    guardrails: [...session.guardrails, ENROLMENT],
    accounts: accountsOf(options, command),
    version: packageVersion(),
    commit: packageCommit(),
    tell: (line: string) => tell(session, line),
  };
  if (!lake.startsWith('s3://')) return reportOfFolder(lake, input);
  const { lakeBucket } = require('#aws/lake') as typeof import('#aws/lake');
  return reportOfBucket(lakeBucket(lake), input);
}

function frameworkOf(id: string): Framework {
  const found = frameworks.find((framework) => framework.id === id);
  if (!found) throw new UserError(`no framework is called ${id}`);
  return found;
}

/** With `--redact` what may leave the house. */
function shown(made: Report, { redact }: Options): Report {
  if (redact === undefined) return made;
  if (!existsSync(redact))
    throw new UserError(`${redact} is no file: make a key by openssl rand -hex 32 > ${redact}`);
  return redacted(made, readFileSync(redact, 'utf8').trim());
}

/** Active accounts of the snapshot; without one only those are known that the lake names. */
function accountsOf({ organization }: Options, command: Command) {
  const { config } = command.optsWithGlobals<GlobalOptions>();
  const file = organization ?? (existsSync(config) ? snapshotPath(config) : undefined);
  if (file === undefined || (organization === undefined && !existsSync(file))) return undefined;
  return readSnapshot(file).accounts.filter(({ status }) => status === 'ACTIVE');
}

function tellGaps(session: Session, { totals, completeness, cover: { period } }: Report): void {
  if (totals.decisions === 0)
    tell(session, `There is no data from ${period.from} to ${period.to}; the report says so.`);
  const { problems } = completeness;
  for (const { object, kind, count, what } of problems.slice(0, 10))
    tell(session, `${kind}: ${object} (${count}): ${what}`);
  if (problems.length > 10) tell(session, `… and ${problems.length - 10} more, in the report.`);
}

const summaryOf = ({ cover, totals, completeness }: Report) => ({
  framework: cover.framework.id,
  period: cover.period,
  asOf: cover.asOf ?? null,
  controls: totals.controls,
  decisions: totals.decisions,
  open: totals.open,
  repairs: totals.repairs,
  daysWithoutData: completeness.days.filter(({ decisions }) => decisions === 0).length,
  problems: completeness.problems.length,
});

function textOf({ cover, totals }: Report, files: readonly string[]): string {
  const { controls } = totals;
  return [
    `${cover.framework.name} ${cover.framework.version}, ${cover.period.from} to ${cover.period.to}: ${counted(totals.decisions, 'decision')}.`,
    `controls   ${controls.failing} failing, ${controls.undetermined} undetermined, ${controls.waived} exempt, ${controls.passing} passing, ${controls['no-activity']} without activity, ${controls['not-assessed']} not assessed`,
    `resources  ${totals.open} in violation; ${counted(totals.repairs, 'repair')} made`,
    ...files.map((file) => `written    ${file}`),
  ].join('\n');
}
