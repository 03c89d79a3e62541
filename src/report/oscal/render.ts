import { endOf, startOf } from '../period';
import type { ExceptionRow, Report } from '../rows';
import type { CellRow, ControlRow } from '../standings';
import { uuidOf } from './uuid';

/** The release whose schema the documents are valid against. */
export const OSCAL_VERSION = '1.1.3';

/** Where our own properties are named; a name, not an address that is asked. */
const NAMESPACE = 'https://parapet.example/ns/oscal';

/** OSCAL tokens begin with a letter or underscore and have no parentheses: `AC-2(4)` is `ac-2.4`. */
const tokenOf = (id: string): string => {
  const token = id
    .toLowerCase()
    .replaceAll(/[()]/g, '.')
    .replaceAll(/\.+$/g, '')
    .replaceAll(/[^a-z0-9._-]/g, '-')
    .replaceAll('..', '.');
  return /^[a-z_]/.test(token) ? token : `c-${token}`;
};

const prop = (name: string, value: string | number) => ({
  ns: NAMESPACE,
  name,
  value: lineOf(String(value)),
});

/** OSCAL's strings are one line without spaces around, and never empty. */
const lineOf = (text: string): string => text.replaceAll(/\s+/g, ' ').trim() || '-';

/**
 * The report as OSCAL assessment results (NIST): an observation for each guardrail in each account,
 * a finding for each control that is assessed, a risk for each exception. The same report gives the
 * same document, its UUIDs too.
 */
export function renderOscal(report: Report): string {
  const { cover, integrity } = report;
  const scope = [cover.framework.id, cover.period.from, cover.period.to, integrity.input];
  const at = cover.asOf ?? new Date(endOf(cover.period) - 1000).toISOString();
  const assessed = report.controls.filter(({ status }) => status !== 'not-assessed');
  const observed = report.cells.map((cell) => observation(report, cell, at));
  const findings = assessed
    .filter(({ status }) => status === 'passing' || status === 'failing')
    .map((control) => finding(report, control, scope));
  const risks = report.exceptions.map((exception) => risk(exception, scope));
  const result = {
    uuid: uuidOf('result', ...scope),
    title: `${cover.framework.name} ${cover.framework.version}, ${cover.period.from} to ${cover.period.to}`,
    description:
      'What Parapet judged within the period. Controls without activity are listed as reviewed and have no finding: nothing is known of them.',
    start: new Date(startOf(cover.period.from)).toISOString(),
    end: new Date(endOf(cover.period) - 1000).toISOString(),
    props: [
      prop('input-digest', integrity.input),
      prop('ruleset-digest', integrity.ruleset.digest),
      ...(integrity.ruleset.commit === undefined ? [] : [prop('commit', integrity.ruleset.commit)]),
      prop('decisions', report.completeness.decisions),
      prop('unreadable', report.completeness.problems.length),
    ],
    'reviewed-controls': reviewed(report, assessed),
    ...(observed.length === 0 ? {} : { observations: observed }),
    ...(risks.length === 0 ? {} : { risks }),
    ...(findings.length === 0 ? {} : { findings }),
  };
  const document = {
    'assessment-results': {
      uuid: uuidOf('assessment-results', ...scope),
      metadata: {
        title: `Parapet compliance report: ${cover.framework.name} ${cover.framework.version}`,
        'last-modified': at,
        version: cover.version,
        'oscal-version': OSCAL_VERSION,
        remarks: `${cover.framework.lists} The mapping is Parapet's own; it certifies nothing.`,
      },
      'import-ap': { href: '#', remarks: 'Continuous assessment: there is no separate plan.' },
      results: [result],
    },
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

/** At least one selection is asked for; where nothing is assessed, it selects nothing by name. */
const reviewed = ({ cover }: Report, assessed: readonly ControlRow[]) => ({
  'control-selections': [
    {
      description: `Controls of ${cover.framework.name} ${cover.framework.version} that an installed guardrail serves.`,
      ...(assessed.length === 0
        ? {}
        : {
            'include-controls': assessed.map(({ id }) => ({ 'control-id': tokenOf(id) })),
          }),
    },
  ],
});

const observationId = ({ cover, integrity }: Report, account: string, guardrail: string): string =>
  uuidOf('observation', integrity.input, cover.period.from, cover.period.to, account, guardrail);

function observation(
  report: Report,
  { account, guardrail, status, standing }: CellRow,
  at: string,
) {
  const { decisions, open, repairs, waived, undetermined } = standing;
  const example = report.decisions.find(
    (one) => one.account === account && one.guardrail === guardrail && one.sha256 !== undefined,
  );
  return {
    uuid: observationId(report, account, guardrail),
    title: lineOf(`${guardrail} in account ${account}`),
    description: `${decisions} decisions: ${repairs} of them repairs; ${open} resources stand in violation, ${waived} are exempt, ${undetermined} could not be determined.`,
    props: [
      prop('guardrail', guardrail),
      prop('account', account),
      prop('status', status),
      prop('open', open),
    ],
    methods: ['TEST'],
    types: ['control-objective'],
    ...(example
      ? {
          'relevant-evidence': [
            {
              href: `urn:sha256:${example.sha256}`,
              description: `Body of decision ${example.id} in the evidence store.`,
            },
          ],
        }
      : {}),
    collected: at,
  };
}

function finding(report: Report, control: ControlRow, scope: readonly string[]) {
  const guardrails = new Set(control.servedBy.map(({ guardrail }) => guardrail));
  const related = report.cells.filter(({ guardrail }) => guardrails.has(guardrail));
  return {
    uuid: uuidOf('finding', ...scope, control.id),
    title: `${control.id} ${control.title}`,
    description: control.servedBy
      .map(({ guardrail, strength, rationale }) => `${guardrail} (${strength}): ${rationale}`)
      .join(' '),
    props: control.servedBy.map(({ guardrail, strength, bearing }) =>
      prop('served-by', `${guardrail} ${strength} ${bearing}`),
    ),
    target: {
      type: 'objective-id',
      'target-id': tokenOf(control.id),
      status: {
        state: control.status === 'failing' ? 'not-satisfied' : 'satisfied',
        remarks:
          control.status === 'failing'
            ? `${control.open} resources stand in violation.`
            : 'All that was judged complies or was repaired; what no call touched was not judged.',
      },
    },
    ...(related.length === 0
      ? {}
      : {
          'related-observations': related.map(({ account, guardrail }) => ({
            'observation-uuid': observationId(report, account, guardrail),
          })),
        }),
  };
}

const risk = (exception: ExceptionRow, scope: readonly string[]) => ({
  uuid: uuidOf('risk', ...scope, exception.guardrail, exception.resource, exception.because),
  title: lineOf(`${exception.guardrail}: ${exception.resource}`),
  description: exception.because || 'A waiver lets this violation pass.',
  statement: `${exception.hits} violations were let pass from ${exception.first} to ${exception.last}.`,
  status: 'deviation-approved',
  props: [prop('guardrail', exception.guardrail), prop('account', exception.account)],
});
