import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { guardrails } from '#policies/guardrails/index';
import { renderCsv } from '#report/csv';
import { renderHtml } from '#report/html/page';
import { decisionRow, decisionsOn, moment, put } from './made-lake';
import { framework, newFolder, reportOf } from './made-report';

const lake = newFolder();
put(lake, `${decisionsOn('03-10')}/a.ndjson`, [decisionRow({ version: 1 })]);
put(lake, `${decisionsOn('03-11')}/b.ndjson`, [
  decisionRow({ called: moment('03-11T08:00:00'), version: 3 }),
]);

/** The manifest as the CSV leaves it, in a folder of its own. */
async function manifest(): Promise<string> {
  const found = renderCsv(await reportOf(lake)).find(({ name }) => name === 'objects.sha256');
  const file = join(newFolder(), 'objects.sha256');
  writeFileSync(file, found?.text ?? '');
  return file;
}

const sha256sum = (...argv: readonly string[]): string =>
  execFileSync('sha256sum', argv, { cwd: lake, encoding: 'utf8', stdio: 'pipe' });

test('sha256sum checks the objects by the manifest, and the manifest by the digest', async () => {
  const file = await manifest();
  const { integrity } = await reportOf(lake);

  expect(sha256sum('--check', file)).toBe(
    `${decisionsOn('03-10')}/a.ndjson: OK\n${decisionsOn('03-11')}/b.ndjson: OK\n`,
  );
  expect(sha256sum(file).split(' ')[0]).toBe(integrity.input);
});

test('one changed byte is another digest, and the check names the object', async () => {
  const file = await manifest();
  const before = (await reportOf(lake)).integrity.input;
  const name = `${decisionsOn('03-11')}/b.ndjson`;
  const kept = readFileSync(join(lake, name));
  appendFileSync(join(lake, name), ' ');

  const after = (await reportOf(lake)).integrity.input;
  const check = spawnSync('sha256sum', ['--check', file], { cwd: lake, encoding: 'utf8' });
  writeFileSync(join(lake, name), kept);

  expect(after).not.toBe(before);
  expect(check.status).toBe(1);
  expect(check.stdout).toContain(`${name}: FAILED`);
});

test('the rules’ digest follows from what guardrails declare and from the mapping', async () => {
  const digest = async (said: Parameters<typeof reportOf>[1]) =>
    (await reportOf(lake, said)).integrity.ruleset.digest;
  const raised = guardrails.map((one, i) => (i === 0 ? { ...one, version: 99 } : one));
  const own = await digest({});

  expect(await digest({ guardrails: guardrails.toReversed() })).toBe(own);
  expect(await digest({ guardrails: raised })).not.toBe(own);
  expect(await digest({ framework: framework('fsbp') })).not.toBe(own);
});

test('versions that decided stand beside the installed one', async () => {
  const { integrity } = await reportOf(lake, { commit: 'c0ffee' });

  expect(integrity.ruleset.commit).toBe('c0ffee');
  expect(integrity.ruleset.versions).toContainEqual({
    ...{ guardrail: 's3.bucket-public', installed: 1, decided: [1, 3] },
  });
  expect(integrity.ruleset.versions).toContainEqual({
    ...{ guardrail: 'signin.root-login', installed: 1, decided: [] },
  });
});

test('the page tells the commit, or that there is none to tell', async () => {
  const commit = 'c0ffee'.padEnd(40, '0');

  expect(renderHtml(await reportOf(lake, { commit }))).toContain('commit c0ffee0000');
  expect(renderHtml(await reportOf(lake))).toContain('this copy does not tell its commit');
});
