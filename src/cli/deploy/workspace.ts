import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Configuration } from '#config';
import type { AnyGuardrail } from '#core';
import { buildApp } from '#stacks/app';
import { type Synthesised, synthesisedIn } from './stacks';

/** Where a deployment works: beside `parapet.yaml`, and never committed. */
export function workspaceOf(configuration: Pick<Configuration, 'file'>) {
  const folder = resolve(dirname(configuration.file), '.parapet');
  return {
    folder,
    synthesised: join(folder, 'cdktf.out'),
    logs: join(folder, 'logs'),
  } as const;
}

/** Synthesises anew; what Terraform initialised in the same folders before is used again. */
export function synthesise(
  configuration: Configuration,
  guardrails: readonly AnyGuardrail[],
): Synthesised {
  const { synthesised: outdir } = workspaceOf(configuration);
  mkdirSync(outdir, { recursive: true });
  buildApp(configuration, guardrails, { outdir }).synth();
  return synthesisedIn(outdir);
}
