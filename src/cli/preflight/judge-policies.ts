import type { AttachedPolicy, Finding, JudgePolicies, Looking } from '#aws/preflight/index';
import { names } from '#core';
import { SCPS_PER_NODE } from '#policies/organization/document';
import { bindingPolicies, CHECK } from './binding-policies';

/** Whether the organization's service control policies bind us, and leave room for ours. */
export const judgePolicies: JudgePolicies = (policies, looking) =>
  policies === undefined
    ? [turnedOff(looking)]
    : [...bindingPolicies(policies, looking), ...withoutRoom(policies, looking)];

function turnedOff({ configuration, snapshot }: Looking): Finding {
  const { protect, quarantine } = configuration.organizationPolicies;
  const found = 'the organization has service control policies turned off';
  if (protect.length + quarantine.length === 0) return { check: CHECK, level: 'ok', found };
  return {
    ...{ check: CHECK, level: 'fail', found: `${found}: those of organizationPolicies would fail` },
    remedy: `aws organizations enable-policy-type --policy-type SERVICE_CONTROL_POLICY --root-id ${snapshot.root.id}`,
  };
}

const OURS: readonly string[] = [names.protect, names.quarantine];

/** AWS refuses to attach one more where the most are attached, half-way through a deployment. */
function withoutRoom(
  policies: readonly AttachedPolicy[],
  { configuration: { organizationPolicies } }: Looking,
): readonly Finding[] {
  const wanted = [...organizationPolicies.protect, ...organizationPolicies.quarantine];
  const units = new Map(wanted.map(({ id, path }) => [id, path]));
  return [...units].flatMap(([unit, path]): readonly Finding[] => {
    const ours = wanted.filter(({ id }) => id === unit).length;
    const others = policies.filter(
      ({ name, targets }) => targets.includes(unit) && !OURS.includes(name),
    ).length;
    if (others + ours <= SCPS_PER_NODE) return [];
    return [
      {
        ...{ check: CHECK, level: 'fail' },
        found: `${path} has ${others} policies attached, and AWS takes ${SCPS_PER_NODE}: no room for ${ours} of ours`,
        remedy: `join two of the policies on ${unit}, or leave ${path} out of organizationPolicies`,
      },
    ];
  });
}
