import { spawn } from 'node:child_process';
import { main, plainFolder, strictFolder } from './folders';

/**
 * Makes a strict sandbox for the suites, and a plain one for its smoke test: both by the command
 * that people use. Their deployments mostly wait, so they are made at the same time.
 * With PARAPET_SANDBOX_FOLDER the suites use a sandbox that is up already.
 */
export default async function bringUp(): Promise<void> {
  if (process.env.PARAPET_SANDBOX_FOLDER) return;
  await Promise.all([strictFolder(), plainFolder()].map((folder) => parapet('down', folder)));
  await parapetUntil('Starting the emulator', ['up', strictFolder(), '--strict'], () =>
    parapet('up', plainFolder()),
  );
}

const parapet = (verb: string, folder: string) => parapetUntil('', [verb, folder], async () => {});

/** Runs a verb; once it has said `sign`, `meanwhile` runs beside it. */
async function parapetUntil(
  sign: string,
  [verb = '', folder = '', ...options]: readonly string[],
  meanwhile: () => Promise<void>,
): Promise<void> {
  const command = [main, 'sandbox', verb, '--folder', folder, '--json', ...options];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  let beside: Promise<void> | undefined;
  child.stderr.on('data', (text) => {
    said += text;
    if (said.includes(sign)) beside ??= meanwhile();
  });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  await beside;
  if (code !== 0) throw new Error(`parapet sandbox ${verb} ended with ${code}:\n${said}`);
}
