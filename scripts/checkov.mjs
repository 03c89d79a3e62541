// Runs checkov over the synthesised stacks of the example and holds the result against
// policies/checkov.yaml. `node scripts/checkov.mjs` after a build, or a stage of scripts/test.mjs.

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parse } from 'yaml';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const MOST_OUTPUT_BYTES = 2 ** 28;

const tell = (line) => process.stderr.write(`${line}\n`);

/** The path of checkov, installed if need be. */
export const installed = () =>
  require(join(root, 'dist/sandbox/checkov.js')).installCheckov({ environment: process.env, tell });

/** How many of the things that must hold do, for the sum of all tests; what does not is told. */
export async function scanStacks(program) {
  const { findingsOf, exceptionsSchema, outputSchema } = require(
    join(root, 'dist/sandbox/checkov-findings.js'),
  );
  const outdir = mkdtempSync(join(tmpdir(), 'parapet-checkov-'));
  try {
    const stacks = await synthesise(outdir);
    const output = outputSchema.parse(JSON.parse(await scan(program, outdir)));
    const { passed_checks: passed, failed_checks: failed } = output.results;
    tell(`${stacks.length} stacks: ${passed.length} checks passed, ${failed.length} failed`);
    const exceptions = parse(readFileSync(join(root, 'policies/checkov.yaml'), 'utf8'));
    return countsOf(findingsOf(output, exceptionsSchema.parse(exceptions), stacks));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function countsOf(findings) {
  for (const { must, not } of findings) {
    tell(`${not.length === 0 ? 'ok    ' : 'FAILED'} ${must}`);
    for (const line of not) tell(`       ${line}`);
  }
  const failed = findings.filter(({ not }) => not.length > 0).length;
  return { passed: findings.length - failed, failed, skipped: 0 };
}

async function synthesise(outdir) {
  mkdirSync(join(outdir, 'stacks'), { recursive: true });
  await promisify(execFile)(process.execPath, [join(root, 'dist/main.js')], {
    env: {
      ...process.env,
      CDKTF_OUTDIR: outdir,
      PARAPET_CONFIG: join(root, 'examples/parapet.yaml'),
    },
  });
  return readdirSync(join(outdir, 'stacks')).sort();
}

/** With nothing downloaded, and one framework: the one named `terraform` would check nothing. */
async function scan(program, outdir) {
  const parameters = [
    ...['--directory', join(outdir, 'stacks'), '--framework', 'terraform_json'],
    ...['--output', 'json', '--compact', '--skip-download', '--soft-fail'],
  ];
  const { stdout } = await promisify(execFile)(program, parameters, {
    env: { ...process.env, LOG_LEVEL: 'ERROR' },
    maxBuffer: MOST_OUTPUT_BYTES,
  });
  return stdout;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { failed } = await scanStacks(await installed());
  process.exitCode = failed === 0 ? 0 : 1;
}
