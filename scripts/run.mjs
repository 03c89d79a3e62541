import { spawn } from 'node:child_process';

/**
 * Runs a program to its end, with this one's streams.
 * @param {string} program `node` is the Node.js that runs this.
 * @param {readonly string[]} parameters
 * @param {{ toStderr?: boolean, environment?: Record<string, string> }} [options] toStderr: what it
 *   prints is talk, not data.
 * @returns {Promise<number>} its exit code; 127 where it could not be started.
 */
export function run(program, parameters, { toStderr = false, environment = {} } = {}) {
  const child = spawn(program === 'node' ? process.execPath : program, parameters, {
    stdio: ['ignore', toStderr ? process.stderr : 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
  });
  return new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', (code) => resolve(code ?? 1));
  });
}
