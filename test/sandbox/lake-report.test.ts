import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DecisionSummary } from '#engine';
import { parapet } from './command';
import { lakeOf } from './lake';
import { type Violation, violateAll } from './violations';
import { until, worldIn } from './world';

const world = worldIn();
const { sandbox, decided } = world;
const lake = lakeOf(sandbox);
const out = mkdtempSync(join(tmpdir(), 'parapet-report-'));
const made: (Violation & { readonly decision: DecisionSummary })[] = [];
/** The moment that every report here speaks for. */
let asOf = '';

const report = (...words: readonly string[]) =>
  parapet(sandbox, lake.account, [
    ...['report', '--lake', lake.url, '--framework', 'cis-5.0', '--as-of', asOf, ...words],
  ]);

async function reportAsJson() {
  const { code, stdout, stderr } = await report('--format', 'json');
  if (code !== 0) throw new Error(`the report ended with ${code}: ${stderr}`);
  return JSON.parse(stdout);
}

beforeAll(async () => {
  for (const one of await violateAll(world)) {
    const isIt = ({ guardrail, verdict }: DecisionSummary) =>
      guardrail === one.guardrail && verdict === 'violates';
    made.push({ ...one, decision: await decided(one.resource, isIt) });
  }
  await until(async () => {
    const rows = JSON.stringify(await lake.rows(2003));
    return made.every(({ decision }) => rows.includes(`"uid":"${decision.id}"`));
  });
  asOf = new Date().toISOString();
}, 300_000);

afterAll(() => rmSync(out, { recursive: true }));

test('the report of the lake shows what was decided: account, verdict, outcome, reason', async () => {
  const { decisions, controls, cover, accounts } = await reportAsJson();

  for (const { decision, ...one } of made)
    expect(decisions).toContainEqual(
      expect.objectContaining({
        ...{ id: decision.id, guardrail: one.guardrail, resource: one.resource },
        ...{ accountName: one.account, verdict: 'violates', outcome: one.outcome },
        ...{ reason: one.reason, severity: one.severity, region: one.region },
        unit: one.account === 'shop-prod' ? '/Workloads/Prod' : '/Sandbox',
      }),
    );
  expect(cover.organizations).toEqual([sandbox.organization]);
  const names = accounts.map(({ name }: { readonly name: string }) => name);
  // Other suites may have vended more.
  expect(names).toEqual(
    expect.arrayContaining([
      ...['log-archive', 'management', 'sandbox-ana', 'security', 'shop-prod', 'shop-test'],
    ]),
  );
  expect(cover.accounts).toBe(names.length);
  // The bucket in shadow stands open: 2.1.4 is "S3 is configured with Block Public Access".
  expect(controls).toContainEqual(expect.objectContaining({ id: '2.1.4', status: 'failing' }));
}, 120_000);

test('the page shows them too', async () => {
  const file = join(out, 'report.html');
  const { code, stderr } = await report('--out', file);

  const page = readFileSync(file, 'utf8');
  expect([code, stderr.includes('half-written')]).toEqual([0, false]);
  for (const { decision, resource, reason } of made)
    for (const shown of [decision.id, resource, reason]) expect(page).toContain(shown);
}, 120_000);

test('compacted, the lake gives the same report', async () => {
  const before = await reportAsJson();

  const { code, stdout } = await parapet(sandbox, lake.account, [
    ...['lake', 'compact', '--lake', lake.url, '--accept-refused', '--json'],
  ]);

  const after = await reportAsJson();
  // Firehose puts there what is no row, such as forgeries that other suites play.
  const refused = await lake.keysBelow('failed/');
  const named = JSON.parse(stdout).refused.map(({ object }: { object: string }) => object);
  expect([code, named.toSorted()]).toEqual([0, refused.toSorted()]);
  expect(await lake.keysBelow('class=2003/')).toEqual([
    expect.stringMatching(/^class=2003\/event_day=\d{8}\/compacted\.parquet$/),
  ]);
  expect(answerOf(after)).toEqual(answerOf(before));
}, 120_000);

/** All but what tells of the objects that were read, and of copies: compaction takes them out. */
const answerOf = ({
  completeness,
  cover: { input: _, ...cover },
  integrity: { ruleset },
  ...rest
}: Awaited<ReturnType<typeof reportAsJson>>) => ({
  ...{ ...rest, cover, ruleset },
  decisions: completeness.decisions,
  problems: completeness.problems.filter(({ kind }: { kind: string }) => kind !== 'duplicate'),
});
