import { loadConfiguration } from '#config';
import type { ProviderHook } from '#modules/provider';
import { guardrails } from '#policies/guardrails/index';
import { buildApp } from '#stacks/app';

/**
 * What only an emulator needs; credentials and endpoint are in the environment. Credentials are
 * validated as ever: without it the provider asks IAM who it is, which the emulator cannot tell.
 */
const forEmulator: ProviderHook = (provider) => {
  provider.s3UsePathStyle = true;
  provider.skipMetadataApiCheck = 'true';
  provider.skipRegionValidation = true;
};

/** The product's deployment, with providers that know the emulator. */
function main({ PARAPET_CONFIG }: NodeJS.ProcessEnv): void {
  if (!PARAPET_CONFIG) throw new Error('PARAPET_CONFIG names no parapet.yaml');
  const configuration = loadConfiguration(PARAPET_CONFIG, guardrails);
  buildApp(configuration, guardrails, { onProvider: forEmulator }).synth();
}

main(process.env);
