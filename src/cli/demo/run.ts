import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { loadConfiguration, readSnapshot, type Snapshot, snapshotPath } from '#config';
import type { AnyGuardrail } from '#core';
import { buildApp } from '#stacks/app';
import {
  organizationOf,
  readScenario,
  runScenario,
  type StepResult,
  type Twin,
  twinOf,
} from '#twin';

export interface DemoInput {
  /** `parapet.yaml`. */
  readonly config: string;
  readonly scenario: string;
  /** Where the synthesised stacks go. */
  readonly outdir: string;
  readonly guardrails: readonly AnyGuardrail[];
  readonly tell: (line: string) => void;
}

export interface Demo {
  readonly title: string;
  readonly organization: Snapshot;
  /** The day of the virtual clock, `YYYY-MM-DD`. */
  readonly day: string;
  readonly twin: Twin;
  readonly steps: readonly StepResult[];
}

/** The twin starts at this moment, so that the same input gives the same output. */
const START = new Date('2026-01-01T09:00:00Z');

/** Synthesises the deployment, stands up its twin, and runs the scenario through it. */
export async function runDemo(input: DemoInput): Promise<Demo> {
  const { config, guardrails, outdir, tell } = input;
  const configuration = loadConfiguration(config, guardrails);
  const snapshot = readSnapshot(snapshotPath(config));
  const organization = organizationOf(snapshot);
  const accounts = new Map([...organization.names].map(([id, name]) => [name, id]));
  const scenario = readScenario(input.scenario, { organization: organization.id, accounts });
  const count = configuration.accounts.length;
  tell(
    `Synthesising the deployment of ${count} accounts in ${configuration.regions.governed.length} Regions …`,
  );
  // Stacks of an earlier run would be read as part of this deployment.
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  buildApp(configuration, guardrails, { outdir }).synth();
  tell(`Reading ${path.join(outdir, 'stacks')} into the twin …`);
  const twin = twinOf({ outdir, organization, guardrails, start: START });
  tell(`Running "${scenario.title}": ${scenario.steps.length} steps …`);
  return {
    ...{ title: scenario.title, twin, organization: snapshot },
    day: START.toISOString().slice(0, 10),
    steps: await runScenario(scenario, twin),
  };
}
