import { run } from './run.mjs';

const bin = (name) => `node_modules/.bin/${name}`;

/** Name → program and parameters; each says by its exit code whether it holds. */
const CHECKS = {
  'lint and format': [bin('biome'), 'check', '--error-on-warnings'],
  types: [bin('tsc'), '--noEmit'],
  'directions of import': [bin('depcruise'), '--config', '.dependency-cruiser.cjs', '.'],
  'derived files': ['node', 'scripts/gen.mjs', '--check'],
  'unused code': [bin('knip')],
};

/** Runs every check, so that all faults are seen at once. Gives whether all hold. */
export async function check() {
  const failed = [];
  for (const [name, [program, ...parameters]] of Object.entries(CHECKS)) {
    const started = Date.now();
    const code = await run(program, parameters, { toStderr: true });
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    process.stderr.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n`);
    if (code !== 0) failed.push(name);
  }
  return failed.length === 0;
}
