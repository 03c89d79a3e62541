import {
  type AnyGuardrail,
  type Deployment,
  type Resource,
  TryAgain,
  undetermined,
  type Verdict,
} from '#core';
import { observe, refusal } from './observe';
import type { Ports } from './ports';

/** A decision of earlier, as far as it tells where to look. */
export interface Earlier {
  readonly id: string;
  readonly guardrail: { readonly id: string };
  readonly resource: Resource;
}

/**
 * Judges the resource of an earlier decision as it is now. It plans nothing, records nothing, and
 * knows only the reader's way to look.
 * @throws TryAgain where a read was throttled or timed out.
 */
export async function lookAgain(
  { id, guardrail: { id: wanted }, resource }: Earlier,
  {
    guardrails,
    deployment,
    look,
  }: {
    readonly guardrails: readonly AnyGuardrail[];
    readonly deployment: Deployment;
    readonly look: Ports['look'];
  },
): Promise<Verdict> {
  const { organization, settings } = deployment;
  if (!Object.hasOwn(organization.accounts, resource.account))
    return undetermined(`account ${resource.account} is not in the organization any more`);
  const guardrail = guardrails.find((one) => one.id === wanted);
  if (guardrail === undefined) return undetermined(`there is no guardrail ${wanted} to look with`);
  const observed = await observe(guardrail.observe(resource), look);
  if (observed.kind === 'refused') {
    const { why } = observed.answer;
    if (why === 'throttled' || why === 'timeout') throw new TryAgain(refusal(observed));
    return undetermined(refusal(observed));
  }
  return guardrail.judge({
    resource,
    state: observed.state,
    lastGood: undefined,
    cause: { kind: 'sweep', id },
    settings: guardrail.settings.parse(settings[wanted] ?? {}),
    organization: { id: organization.id, accounts: new Set(Object.keys(organization.accounts)) },
  });
}
