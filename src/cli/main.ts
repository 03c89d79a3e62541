#!/usr/bin/env node
import { organizationClients, readOrganization } from '#aws/organization';
import { guardrails } from '#policies/guardrails/index';
import { run } from './program';

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

void run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  guardrails,
  readOrganization: () => readOrganization(organizationClients()),
}).then((code) => {
  process.exitCode = code;
});
