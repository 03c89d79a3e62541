import { readSnapshot } from '#config';
import type { AnyGuardrail } from '#core';
import { type Cast, organizationOf, type Twin, twinOf } from '#twin';
import { placesIn } from './folder';
import type { Sandbox } from './record';

/** The cast of a scenario that is played in a sandbox: its organization and accounts. */
export const castOf = ({ organization, accounts }: Sandbox): Cast => ({
  organization,
  accounts: new Map(Object.entries(accounts)),
});

/** The twin of what is deployed in a sandbox, read from the very stacks that were deployed. */
export function twinOfSandbox(sandbox: Sandbox, guardrails: readonly AnyGuardrail[]): Twin {
  const places = placesIn(sandbox.folder);
  return twinOf({
    outdir: places.synthesized,
    organization: organizationOf(readSnapshot(places.snapshot)),
    guardrails,
    start: new Date(),
  });
}
