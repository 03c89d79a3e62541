import type { DecisionDetail } from '../decision-detail';
import { ReportError } from '../errors';
import type { Report } from '../rows';
import { fingerprintOf, type Pseudonyms, pseudonymsBy } from './pseudonyms';

const SHORTEST_KEY = 32;

/**
 * The report for people outside: pseudonyms for accounts, organization, callers, resources and
 * addresses, the same ones for the same key; no account names, and no states, in which anything may
 * stand. Units keep their names. Ids of decisions and hashes stay, so that the owner finds each again.
 * @throws ReportError where the key is too short to be safe from guessing.
 */
export function redacted(report: Report, key: string): Report {
  if (key.length < SHORTEST_KEY)
    throw new ReportError(
      `the key for --redact has ${key.length} characters, at least ${SHORTEST_KEY} are needed: make one by openssl rand -hex 32`,
    );
  const names = pseudonymsBy(key);
  const placed = <T extends { readonly account: string; readonly resource: string }>(
    row: T,
  ): T => ({
    ...row,
    account: names.account(row.account),
    resource: names.resource(row.resource),
  });
  const { cover, completeness, integrity, principals, sample } = report;
  return {
    ...report,
    cover: {
      ...cover,
      organizations: cover.organizations.map(names.organization),
      redaction: { key: fingerprintOf(key) },
    },
    completeness: {
      ...completeness,
      accountsSilent: completeness.accountsSilent.map(names.account),
      problems: completeness.problems.map((problem) => ({
        ...problem,
        object: names.text(problem.object),
        what: names.text(problem.what),
      })),
    },
    accounts: report.accounts.map((row) => ({
      ...row,
      account: names.account(row.account),
      name: '',
    })),
    cells: report.cells.map((row) => ({ ...row, account: names.account(row.account) })),
    recurrences: report.recurrences.map(placed),
    principals: principals?.map((row) => ({ ...row, principal: names.caller(row.principal) })),
    exceptions: report.exceptions.map((row) => ({
      ...placed(row),
      because: sentence(row.because, row.resource, names),
    })),
    decisions: report.decisions.map((row) => decision(row, names)),
    sample: { ...sample, decisions: sample.decisions.map((row) => decision(row, names)) },
    integrity: {
      ...integrity,
      objects: integrity.objects.map((row) => ({ ...row, name: names.text(row.name) })),
    },
  };
}

function decision(row: DecisionDetail, names: Pseudonyms): DecisionDetail {
  const said = (text: string) => sentence(text, row.resource, names);
  return {
    ...row,
    account: names.account(row.account),
    accountName: '',
    resource: names.resource(row.resource),
    reason: said(row.reason),
    because: row.because === undefined ? undefined : said(row.because),
    modeFrom: said(row.modeFrom),
    causeId: said(row.causeId),
    call: row.call && { ...row.call, caller: names.caller(row.call.caller) },
    made: row.made.map((call) => ({ ...call, error: call.error && said(call.error) })),
    before: undefined,
    after: undefined,
  };
}

const lastPart = (arn: string): string => arn.split(/[/:]/).at(-1) ?? '';

/** A sentence about a resource may call it by the last part of its ARN. */
function sentence(text: string, resource: string, names: Pseudonyms): string {
  const own = lastPart(resource);
  const told = names.text(text);
  // Every account has a root user: it names nobody.
  if (own.length < 3 || own === 'root') return told;
  const alone = new RegExp(`(?<![\\w-])${own.replace(/[^\w]/g, '\\$&')}(?![\\w-])`, 'g');
  return told.replace(alone, () => lastPart(names.resource(resource)));
}
