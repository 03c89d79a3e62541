import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check } from './check.mjs';
import { installed, scanStacks } from './checkov.mjs';
import { run } from './run.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const results = join(root, 'dist', 'test-results');
const require = createRequire(import.meta.url);

const say = (line) => process.stderr.write(`\n── ${line}\n`);

/** Runs the checks and every suite; the last line says how many tests passed, failed, were skipped. */
export async function test() {
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const sum = { passed: 0, failed: 0, skipped: 0 };
  const add = (counts) => {
    for (const key of Object.keys(sum)) sum[key] += counts[key];
  };
  say('checks');
  if (!(await check())) add({ passed: 0, failed: 1, skipped: 0 });
  // The emulator is installed while the first suite runs: one waits for the network, one computes.
  const python = installEmulator();
  say('units, contracts, stacks, twin');
  add(await jest('jest.config.js', 'units'));
  say('checkov over all stacks');
  add(await checkov());
  const emulator = await python;
  if (emulator.error) add(missing(emulator.error));
  else {
    say('the emulator plugin');
    add(await pytest(emulator.python));
    const terraform = terraformMissing();
    if (terraform) add(missing(terraform));
    else {
      say('the sandbox: a whole organization, deployed and guarded');
      add(await jest('jest.sandbox.config.js', 'sandbox'));
    }
  }
  process.stdout.write(`\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped\n`);
  return sum.failed === 0;
}

/** Where a tool is missing: a failure in CI, a skip that says so elsewhere. */
function missing(reason) {
  const isCi = Boolean(process.env.CI);
  process.stderr.write(`${isCi ? 'FAILED' : 'skipped'}: ${reason}\n`);
  return { passed: 0, failed: isCi ? 1 : 0, skipped: isCi ? 0 : 1 };
}

function terraformMissing() {
  try {
    execFileSync('terraform', ['version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'the sandbox suite needs Terraform 1.11 or newer on the PATH';
  }
}

async function checkov() {
  let program;
  try {
    program = await installed();
  } catch (error) {
    return missing(error.message);
  }
  try {
    return await scanStacks(program);
  } catch (error) {
    process.stderr.write(`FAILED: ${error.stack}\n`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

async function installEmulator() {
  const { installEmulator: install } = require(join(root, 'dist/sandbox/python.js'));
  const tell = (line) => process.stderr.write(`${line}\n`);
  try {
    const python = await install({ environment: process.env, tell });
    const development = join(root, 'sandbox/requirements-dev.txt');
    const parameters = ['-m', 'pip', 'install', '--quiet', '--requirement', development];
    const code = await run(python, parameters, { toStderr: true });
    return code === 0 ? { python } : { error: 'pytest could not be installed' };
  } catch (error) {
    return { error: error.message };
  }
}

async function jest(config, name) {
  const file = join(results, `${name}.json`);
  const code = await run(
    'node',
    [
      'node_modules/jest/bin/jest.js',
      ...['--config', config, '--json', `--outputFile=${file}`, '--silent=false'],
    ],
    { toStderr: true },
  );
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } =
      JSON.parse(readFileSync(file, 'utf8'));
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    // Jest can fail though no test did, as when a hook or a worker dies.
    return {
      passed: numPassedTests,
      failed: code === 0 ? failed : Math.max(failed, 1),
      skipped: numPendingTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

async function pytest(python) {
  const file = join(results, 'plugin.xml');
  const code = await run(
    python,
    [
      '-m',
      'pytest',
      '--quiet',
      '-p',
      'no:cacheprovider',
      `--junitxml=${file}`,
      join(root, 'sandbox/plugin/tests'),
    ],
    { toStderr: true, environment: { PYTHONDONTWRITEBYTECODE: '1' } },
  );
  try {
    const text = readFileSync(file, 'utf8');
    const count = (name) =>
      Number(new RegExp(`<testsuite [^>]*${name}="(\\d+)"`).exec(text)?.[1] ?? 0);
    const failed = count('failures') + count('errors');
    const skipped = count('skipped');
    return {
      passed: count('tests') - failed - skipped,
      failed: code === 0 ? failed : Math.max(failed, 1),
      skipped,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
