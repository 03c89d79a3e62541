import { textAt } from '#core';
import { attributeOf } from './attributes';
import { type Policy, parsePolicy } from './iam';
import type { Built } from './terraform';
import { need } from './values';

/** Root, OU or account id → the service control policies that the stacks attach to it. */
export function scpsOf(built: readonly Built[]): ReadonlyMap<string, readonly Policy[]> {
  const contents = new Map(
    built
      .filter(
        ({ type, values }) =>
          type === 'aws_organizations_policy' &&
          (textAt(values, 'type') ?? 'SERVICE_CONTROL_POLICY') === 'SERVICE_CONTROL_POLICY',
      )
      .map((one) => [attributeOf(one, 'id'), parsePolicy(need(one, 'content'), need(one, 'name'))]),
  );
  const attached = new Map<string, Policy[]>();
  for (const one of built) {
    if (one.type !== 'aws_organizations_policy_attachment') continue;
    const policy = contents.get(need(one, 'policy_id'));
    const target = need(one, 'target_id');
    if (policy) attached.set(target, [...(attached.get(target) ?? []), policy]);
  }
  return attached;
}
