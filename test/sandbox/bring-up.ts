import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  main,
  plainConfiguration,
  plainFolder,
  strictConfiguration,
  strictFolder,
} from './folders';
import { configuredPort, configureReceiver, keepSecret, startReceiver } from './receiver';
import { untilTheEnd } from './take-down';

/**
 * Makes a strict sandbox for the suites, and a small plain one for its smoke test: both by the
 * command that people use. Their deployments mostly wait, so they are made at the same time. The
 * receiver of the SIEM's stream is up before, and its secret is there before the forwarder is.
 * With PARAPET_SANDBOX_FOLDER the suites use a sandbox that is up already.
 */
export default async function bringUp(): Promise<void> {
  if (process.env.PARAPET_SANDBOX_FOLDER) return receiveOnly();
  await Promise.all([strictFolder(), plainFolder()].map((folder) => parapet('down', folder)));
  mkdirSync(dirname(strictConfiguration()), { recursive: true });
  const receiver = await startReceiver();
  untilTheEnd(receiver.close);
  configureReceiver(receiver);
  const plain = ['up', plainFolder(), '--config', plainConfiguration];
  let plainly: Promise<void> | undefined;
  const besides = () => {
    plainly ??= twice(() => parapetUntil('', plain, async () => {}));
    return Promise.all([keepSecret(), plainly]);
  };
  const strict = ['up', strictFolder(), '--strict', '--config', strictConfiguration()];
  await twice(() => parapetUntil('Deploying all stacks', strict, besides));
}

/**
 * The emulator, under load, has been seen to lose an answer; the provider then asks again and hears
 * that the thing exists. What was made is ended by `up` itself.
 */
async function twice(up: () => Promise<void>): Promise<void> {
  try {
    await up();
  } catch (error) {
    process.stderr.write(`${error}\nOnce more…\n`);
    await up();
  }
}

async function receiveOnly(): Promise<void> {
  const port = configuredPort();
  if (port === undefined) return;
  untilTheEnd((await startReceiver(port)).close);
  await keepSecret();
}

const parapet = (verb: string, folder: string) => parapetUntil('', [verb, folder], async () => {});

/** Runs a verb; once it has said `sign`, `meanwhile` runs beside it. */
async function parapetUntil(
  sign: string,
  [verb = '', folder = '', ...options]: readonly string[],
  meanwhile: () => Promise<unknown>,
): Promise<void> {
  const command = [main, 'sandbox', verb, '--folder', folder, '--json', ...options];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  let beside: Promise<unknown> | undefined;
  child.stderr.on('data', (text) => {
    said += text;
    if (beside || !said.includes(sign)) return;
    beside = meanwhile();
    // It is awaited below; until then nobody else would catch it.
    beside.catch(() => {});
  });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  await beside;
  if (code !== 0) throw new Error(`parapet sandbox ${verb} ended with ${code}:\n${said}`);
}
