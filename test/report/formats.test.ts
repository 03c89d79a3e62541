import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { frameworks } from '#policies/frameworks/index';
import { renderCsv } from '#report/csv';
import { renderHtml } from '#report/html/page';
import { renderJson } from '#report/json';
import { renderOscal } from '#report/oscal/render';
import { uuidOf } from '#report/oscal/uuid';
import type { Report } from '#report/rows';
import { EXAMPLE_ACCOUNTS, writeExampleLake } from './example-lake';
import { decisionRow, decisionsOn, moment, put } from './made-lake';
import { newFolder, reportOf } from './made-report';

const SCHEMA = JSON.parse(
  readFileSync(join(__dirname, 'fixtures/oscal-assessment-results-1.1.3.json'), 'utf8'),
);
const period = { from: '2026-03-01', to: '2026-03-30' };
const example = newFolder();
writeExampleLake(example);
const said = { period, accounts: EXAMPLE_ACCOUNTS };

/** Texts that an event's author may choose, and what a page must not let them do. */
const hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>\u2028`;
const hostileLake = newFolder();
put(hostileLake, `${decisionsOn('03-10')}/<b>&.ndjson`, [
  decisionRow({
    ...{ resource: hostile, reason: hostile, accountName: hostile, because: hostile },
    ...{ outcome: 'waived', unit: `/${hostile}`, caller: hostile, guardrail: hostile },
    ...{ before: JSON.stringify({ x: hostile }), after: hostile, mode: hostile },
  }),
  decisionRow({ called: moment('03-10T13:00:00'), resource: '=cmd|calc', reason: '+1,"2"\n3' }),
]);
put(hostileLake, `${decisionsOn('03-10')}/<i>.txt`, 'x');

describe('OSCAL', () => {
  const ajv = new Ajv({ strict: false, unicodeRegExp: true, allErrors: true });
  addFormats(ajv);
  const validate = ajv.compile(SCHEMA);
  const errorsOf = (report: Report) => {
    validate(JSON.parse(renderOscal(report)));
    return validate.errors ?? [];
  };

  test.each(frameworks.map((framework) => [framework.id, framework] as const))(
    'of %s is valid by the schema of OSCAL 1.1.3',
    async (_, framework) => {
      expect(errorsOf(await reportOf(example, { ...said, framework }))).toEqual([]);
    },
  );

  test('of no data, and of hostile data, is valid too', async () => {
    expect(errorsOf(await reportOf(newFolder()))).toEqual([]);
    expect(errorsOf(await reportOf(hostileLake))).toEqual([]);
  });

  test('has a finding for what passes or fails, none for what nothing is known of', async () => {
    const document = JSON.parse(renderOscal(await reportOf(example, said)));
    const [result] = document['assessment-results'].results;

    const states = result.findings.map(
      (one: { title: string; target: { status: { state: string } } }) =>
        `${one.title.split(' ')[0]} ${one.target.status.state}`,
    );
    expect(states).toEqual([
      '1.6 not-satisfied',
      '2.1.4 not-satisfied',
      '3.1 not-satisfied',
      '4.3 satisfied',
      '4.5 satisfied',
      '4.8 satisfied',
      '4.10 satisfied',
      '5.3 not-satisfied',
      '5.4 not-satisfied',
    ]);
    expect(result.risks[0].status).toBe('deviation-approved');
    expect(result.observations[0]['relevant-evidence'][0].href).toMatch(
      /^urn:sha256:[0-9a-f]{64}$/,
    );
  });

  test('the schema would see a wrong status and a missing version', () => {
    expect(validate({ 'assessment-results': { uuid: 'no' } })).toBe(false);
  });

  test('UUIDs are of version 5 and follow from the name', () => {
    expect(uuidOf('a', 1)).toBe(uuidOf('a', 1));
    expect(uuidOf('a', 1)).not.toBe(uuidOf('a', 2));
    expect(uuidOf('a', 1)).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });
});

describe('CSV', () => {
  test('disarms what a spreadsheet would run, and quotes the rest', async () => {
    const files = new Map(
      renderCsv(await reportOf(hostileLake)).map(({ name, text }) => [name, text]),
    );
    const decisions = files.get('decisions.csv') ?? '';

    expect(decisions).toContain(`,'=cmd|calc,`);
    expect(decisions).toContain(`"'+1,""2""\n3"`);
    expect([...files.keys()]).toEqual([
      ...['controls.csv', 'cells.csv', 'accounts.csv', 'units.csv', 'guardrails.csv', 'trend.csv'],
      ...['times.csv', 'recurrences.csv', 'exceptions.csv', 'changes.csv', 'decisions.csv'],
      ...['sample.csv', 'days.csv', 'problems.csv', 'modes.csv', 'unanswered.csv', 'versions.csv'],
      'objects.sha256',
    ]);
  });

  test('has a row for each control, with its status', async () => {
    const [controls] = renderCsv(await reportOf(example, said));

    expect(controls?.text.split('\r\n')[0]).toBe(
      'section,id,title,status,open,guardrail,strength,bearing,guardrailStatus,rationale',
    );
    expect(controls?.text).toContain('\r\nStorage,2.1.4,Buckets block public access,failing,');
    expect(controls?.text).toContain(
      '\r\nIdentity and access,1.2,A security contact is registered,not-assessed,0,,,,,\r\n',
    );
  });
});

describe('every format', () => {
  test('gives the same bytes for the same lake', async () => {
    const [one, other] = [await reportOf(example, said), await reportOf(example, said)];

    for (const render of [renderHtml, renderJson, renderOscal])
      expect(render(other)).toBe(render(one));
    expect(renderCsv(other)).toEqual(renderCsv(one));
  });

  test('does not depend on how the rows are cut into objects', async () => {
    const cut = newFolder();
    writeExampleLake(cut);
    for (const name of readdirSync(cut, { recursive: true, encoding: 'utf8' })) {
      if (!/class=2003.*part-03/.test(name)) continue;
      const lines = readFileSync(join(cut, name), 'utf8').trimEnd().split('\n');
      writeFileSync(join(cut, name), `${lines.slice(0, 9).reverse().join('\n')}\n`);
      writeFileSync(join(cut, `${name}.rest.gz`), gzipSync(lines.slice(9).join('\n')));
    }
    const { completeness: _, integrity: __, ...rest } = await reportOf(cut, said);
    const { completeness: ___, integrity: ____, ...whole } = await reportOf(example, said);

    expect(rest).toEqual(whole);
  });
});

describe('the page', () => {
  test('lets no text become markup', async () => {
    const page = renderHtml(await reportOf(hostileLake));

    expect(page).not.toContain('<img');
    expect(page).not.toContain('<script>alert');
    expect(page).not.toContain('<i>.txt');
    expect(page.match(/<script>/g)).toHaveLength(1);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  test('admits its own style and script by their hashes, and nothing else', async () => {
    const page = renderHtml(await reportOf(example, said));

    expect(page.replaceAll('&#39;', "'")).toMatch(
      /content="default-src 'none'; style-src 'sha256-[^']{44}'; script-src 'sha256-[^']{44}'; base-uri 'none'; form-action 'none'"/,
    );
    expect(page).not.toMatch(
      / style="| on[a-z]+="|https?:\/\/(?!acs\.amazonaws\.com|www\.w3\.org)/,
    );
  });

  test('says that there is no data where there is none', async () => {
    const page = renderHtml(await reportOf(newFolder()));

    expect(page).toContain('There is no data for this period.');
    expect(page).toContain('No activity');
  });

  test('stays below five megabytes and says what it cut', async () => {
    const large = newFolder();
    const state = JSON.stringify({ text: 'x '.repeat(4000) });
    put(
      large,
      `${decisionsOn('03-10')}/a.ndjson`,
      Array.from({ length: 900 }, (_, i) =>
        decisionRow({
          ...{ called: moment('03-10T00:00:00') + i * 1000, resource: `arn:aws:s3:::b-${i}` },
          ...{
            outcome:
              (['failed', 'repaired', 'shadowed', 'partly', 'held', 'observed'] as const)[i % 6] ??
              'failed',
          },
          ...{ before: state, after: state.slice(1) },
        }),
      ),
    );

    const page = renderHtml(await reportOf(large));

    expect(Buffer.byteLength(page)).toBeLessThan(5_000_000);
    expect(page).toMatch(/<strong>\d+ are cut here<\/strong> to keep this file small/);
  });
});
