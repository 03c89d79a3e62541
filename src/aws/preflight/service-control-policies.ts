import {
  DescribePolicyCommand,
  paginateListPolicies,
  paginateListRoots,
  paginateListTargetsForPolicy,
} from '@aws-sdk/client-organizations';
import type { OrganizationClients } from '../organization/clients';
import { eachAtMost } from '../organization/each';

/** A policy and what it is attached to: ids of the root, units and accounts. */
export interface AttachedPolicy {
  readonly name: string;
  /** JSON text. */
  readonly content: string;
  readonly targets: readonly string[];
}

/** What reading them takes. */
export const SCP_PERMISSIONS = [
  'organizations:ListRoots',
  'organizations:ListPolicies',
  'organizations:ListTargetsForPolicy',
  'organizations:DescribePolicy',
];

const AT_ONCE = 3;

/**
 * The organization's service control policies, or undefined where the organization has that type of
 * policy turned off: then none binds anybody.
 */
export async function readServiceControlPolicies({
  organizations: client,
}: OrganizationClients): Promise<readonly AttachedPolicy[] | undefined> {
  for await (const { Roots: roots = [] } of paginateListRoots({ client }, {})) {
    const isOn = roots.some((root) =>
      root.PolicyTypes?.some(
        ({ Type, Status }) => Type === 'SERVICE_CONTROL_POLICY' && Status === 'ENABLED',
      ),
    );
    if (roots.length > 0 && !isOn) return undefined;
  }
  const listed: { id: string; name: string }[] = [];
  const pages = paginateListPolicies({ client }, { Filter: 'SERVICE_CONTROL_POLICY' });
  for await (const { Policies: policies = [] } of pages)
    for (const { Id: id, Name: name } of policies) if (id) listed.push({ id, name: name ?? id });
  return eachAtMost(AT_ONCE, listed, async ({ id, name }) => {
    const targets: string[] = [];
    for await (const page of paginateListTargetsForPolicy({ client }, { PolicyId: id }))
      for (const { TargetId: target } of page.Targets ?? []) if (target) targets.push(target);
    const { Policy: policy } = await client.send(new DescribePolicyCommand({ PolicyId: id }));
    return { name, content: policy?.Content ?? '', targets };
  });
}
