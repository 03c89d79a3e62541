// Starts demo, tests and checks from a fresh clone: installs from the lock file what is missing,
// compiles, and goes on. It may import nothing that is not part of Node.js.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 12)) {
  process.stderr.write(`Parapet needs Node.js 20.12 or newer, this is ${process.versions.node}.\n`);
  process.exit(2);
}

/** npm ci empties node_modules first, so a stamp in it tells what it was installed from. */
async function install() {
  const stamp = join('node_modules', '.parapet-lock');
  const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  process.stderr.write('Installing packages from the lock file (about a minute)…\n');
  const code = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    toStderr: true,
  });
  if (code !== 0) process.exit(3);
  writeFileSync(stamp, wanted);
}

async function build() {
  const code = await run('node', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
    toStderr: true,
  });
  if (code !== 0) process.exit(3);
}

const [verb, ...rest] = process.argv.slice(2);
await install();
if (verb === 'demo') {
  await build();
  process.exitCode = await run('node', ['dist/src/cli/main.js', 'demo', ...rest]);
} else if (verb === 'check') {
  const { check } = await import('./check.mjs');
  process.exitCode = (await check()) ? 0 : 1;
} else if (verb === 'test') {
  await build();
  const { test } = await import('./test.mjs');
  process.exitCode = (await test()) ? 0 : 1;
} else {
  process.stderr.write('usage: node scripts/start.mjs demo|test|check\n');
  process.exitCode = 2;
}
