import { loadConfiguration, sentence } from '#config';
import { UserError } from '#core';
import { guardrails } from '#policies/guardrails/index';
import { buildApp } from '#stacks/app';
import { parseShard } from '#stacks/shard';

/** Synthesises the deployment that `parapet.yaml` describes. */
function main(environment: NodeJS.ProcessEnv): void {
  const { PARAPET_CONFIG = 'parapet.yaml', PARAPET_SHARD } = environment;
  const configuration = loadConfiguration(PARAPET_CONFIG, guardrails);
  for (const warning of configuration.warnings) process.stderr.write(`${sentence(warning)}\n`);
  buildApp(configuration, guardrails, {
    ...(PARAPET_SHARD === undefined ? {} : { shard: parseShard(PARAPET_SHARD) }),
  }).synth();
}

try {
  main(process.env);
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
