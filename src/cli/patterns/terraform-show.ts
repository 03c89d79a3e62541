import { at, isObject, type Json, textAt } from '#core';
import { type Found, isDefaultBus, notWrittenOut, type RuleFound, type Unchecked } from './rule';

const RULES = 'aws_cloudwatch_event_rule';
const TARGETS = 'aws_cloudwatch_event_target';

export const isTerraformShow = (document: Json): boolean => rootOf(document) !== undefined;

/** The rules of a plan or a state, as `terraform show -json` prints them. */
export function terraformShowRules(document: Json): Found {
  const resources = resourcesIn(rootOf(document) ?? {});
  const targets = resources.filter((one) => textAt(one, 'type') === TARGETS);
  const rules: RuleFound[] = [];
  const unchecked: Unchecked[] = [];
  for (const resource of resources) {
    if (textAt(resource, 'type') !== RULES) continue;
    const address = textAt(resource, 'address') ?? RULES;
    const pattern = textAt(resource, 'values', 'event_pattern');
    const name = textAt(resource, 'values', 'name');
    if (pattern === undefined) {
      if (textAt(resource, 'values', 'schedule_expression') === undefined)
        unchecked.push(notWrittenOut(address));
      continue;
    }
    const region = regionOf(resource, document);
    rules.push({
      ...{ address, pattern, state: textAt(resource, 'values', 'state') },
      region: isDefaultBus(textAt(resource, 'values', 'event_bus_name')) ? region : undefined,
      targets: targets.filter(
        (target) =>
          name !== undefined &&
          textAt(target, 'values', 'rule') === name &&
          regionOf(target, document) === region,
      ).length,
    });
  }
  return { rules, unchecked };
}

const rootOf = (document: Json): Json | undefined =>
  at(document, 'planned_values', 'root_module') ?? at(document, 'values', 'root_module');

function resourcesIn(module: Json): readonly Json[] {
  const list = (key: string): readonly Json[] => {
    const found = at(module, key);
    return Array.isArray(found) ? found : [];
  };
  return [...list('resources'), ...list('child_modules').flatMap(resourcesIn)];
}

/** From its ARN, its own `region`, or the provider of its resource in the root module. */
function regionOf(resource: Json, document: Json): string | undefined {
  const arn = textAt(resource, 'values', 'arn');
  if (arn !== undefined && arn.split(':').length > 4) return arn.split(':')[3];
  const own = textAt(resource, 'values', 'region');
  if (own !== undefined) return own;
  const configured = at(document, 'configuration', 'root_module', 'resources');
  const written: readonly Json[] = Array.isArray(configured) ? configured : [];
  const address = textAt(resource, 'address')?.replace(/\[.*$/, '');
  const key = textAt(
    written.find((one) => isObject(one) && one.address === address),
    'provider_config_key',
  );
  if (key === undefined) return undefined;
  const provider = ['configuration', 'provider_config', key];
  return textAt(document, ...provider, 'expressions', 'region', 'constant_value');
}
