import { at, isObject, type Json, type JsonObject, textAt } from '#core';
import { type Found, isDefaultBus, notWrittenOut, type RuleFound, type Unchecked } from './rule';

const RULES = 'aws_cloudwatch_event_rule';
const TARGETS = 'aws_cloudwatch_event_target';

export const isTerraformJson = (document: Json): boolean =>
  isObject(at(document, 'resource')) || isObject(at(document, 'terraform'));

/** The rules of a stack in Terraform's JSON syntax, as cdktf writes it. */
export function terraformJsonRules(document: Json): Found {
  const regions = regionsOf(document);
  const copies = Object.entries(section(document, RULES)).flatMap(([name, values]) =>
    copiesOf(name, values),
  );
  const targets = Object.entries(section(document, TARGETS)).flatMap(([name, values]) =>
    copiesOf(name, values),
  );
  const rules: RuleFound[] = [];
  const unchecked: Unchecked[] = [];
  for (const copy of copies) {
    const pattern = copy.text('event_pattern');
    if (pattern === undefined) continue;
    const address = `${RULES}.${copy.address}`;
    if (/\$\{/.test(pattern)) {
      unchecked.push(notWrittenOut(address));
      continue;
    }
    const provider = copy.text('provider') ?? 'aws';
    rules.push({
      ...{ address, pattern, state: stateOf(copy) },
      region: isDefaultBus(copy.text('event_bus_name')) ? regions.get(provider) : undefined,
      targets: targets.filter((target) => aimsAt(target, copy, provider)).length,
    });
  }
  return { rules, unchecked };
}

interface Copy {
  readonly name: string;
  readonly address: string;
  text(attribute: string): string | undefined;
}

/** One for each entry of `for_each`, with what it says of the entry filled in. */
function copiesOf(name: string, values: Json): readonly Copy[] {
  const each = at(values, 'for_each');
  if (!isObject(each)) return [{ name, address: name, text: (one) => textAt(values, one) }];
  return Object.entries(each).map(([key, value]) => ({
    name,
    address: `${name}[${JSON.stringify(key)}]`,
    text: (attribute) =>
      textAt(values, attribute)?.replace(
        /\$\{each\.(?:(key)|value(?:\.(\w+))?)\}/g,
        (whole, isKey?: string, field?: string) =>
          (isKey ? key : field ? textAt(value, field) : typeof value === 'string' && value) ||
          whole,
      ),
  }));
}

const stateOf = (copy: Copy): string | undefined => {
  const state = copy.text('state');
  return state !== undefined && /\$\{/.test(state) ? undefined : state;
};

/** A target names its rule by reference or by name. */
function aimsAt(target: Copy, rule: Copy, provider: string): boolean {
  const aim = target.text('rule') ?? '';
  if (aim.includes(`${RULES}.${rule.name}.`)) return true;
  return aim === rule.text('name') && (target.text('provider') ?? 'aws') === provider;
}

const section = (document: Json, type: string): JsonObject => {
  const found = at(document, 'resource', type);
  return isObject(found) ? found : {};
};

/** `aws.<alias>` → its Region. */
function regionsOf(document: Json): ReadonlyMap<string, string> {
  const written = at(document, 'provider', 'aws') ?? [];
  const providers: readonly Json[] = Array.isArray(written) ? written : [written];
  return new Map(
    providers.flatMap((provider) => {
      const [alias, region] = [textAt(provider, 'alias'), textAt(provider, 'region')];
      if (region === undefined || /\$\{/.test(region)) return [];
      return [[alias === undefined ? 'aws' : `aws.${alias}`, region] as const];
    }),
  );
}
