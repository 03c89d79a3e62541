#!/usr/bin/env node
import { createInterface } from 'node:readline/promises';
import { organizationClients, readOrganization } from '#aws/organization';
import { guardrails } from '#policies/guardrails/index';
import { run } from './program';

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

/** Only a typed yes is one. */
async function confirm(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const left = new AbortController();
  for (const way of ['SIGINT', 'close'] as const) terminal.once(way, () => left.abort());
  try {
    const { signal } = left;
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `, { signal })).trim());
  } catch (error) {
    if (signalled(error)) return false;
    throw error;
  } finally {
    terminal.close();
  }
}

const signalled = (error: unknown): boolean =>
  error instanceof Error && error.name === 'AbortError';

void run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  guardrails,
  readOrganization: () => readOrganization(organizationClients()),
  aws: () => import('./aws.js'),
  confirm: process.stdin.isTTY && process.stderr.isTTY ? confirm : undefined,
}).then((code) => {
  process.exitCode = code;
});
