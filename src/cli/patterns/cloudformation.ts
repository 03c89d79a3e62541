import { at, isObject, type Json, textAt } from '#core';
import {
  type Found,
  isDefaultBus,
  NOTHING,
  notWrittenOut,
  type RuleFound,
  type Unchecked,
} from './rule';

export const isTemplate = (document: Json): boolean => isObject(at(document, 'Resources'));

/** The rules of a CloudFormation template in JSON. Its Region is not known before it is deployed. */
export function templateRules(document: Json): Found {
  const resources = at(document, 'Resources');
  if (!isObject(resources)) return NOTHING;
  const rules: RuleFound[] = [];
  const unchecked: Unchecked[] = [];
  for (const [name, resource] of Object.entries(resources)) {
    if (textAt(resource, 'Type') !== 'AWS::Events::Rule') continue;
    const address = `Resources.${name}`;
    const pattern = at(resource, 'Properties', 'EventPattern');
    if (pattern === undefined) continue;
    if (hasIntrinsic(pattern)) unchecked.push(notWrittenOut(address));
    else
      rules.push({
        address,
        pattern: typeof pattern === 'string' ? pattern : JSON.stringify(pattern),
        state: textAt(resource, 'Properties', 'State'),
        targets: countOf(at(resource, 'Properties', 'Targets')),
      });
  }
  return { rules, unchecked };
}

const countOf = (value: Json | undefined): number | undefined =>
  Array.isArray(value) ? value.length : undefined;

/** Whether CloudFormation fills something in: `Ref` and `Fn::…` stand where a value will. */
function hasIntrinsic(value: Json): boolean {
  if (Array.isArray(value)) return value.some(hasIntrinsic);
  if (!isObject(value)) return false;
  return Object.entries(value).some(
    ([key, inner]) => key === 'Ref' || key.startsWith('Fn::') || hasIntrinsic(inner),
  );
}

/** What DescribeRule or ListRules answers. */
export const isRuleAnswer = (document: Json): boolean =>
  at(document, 'EventPattern') !== undefined || Array.isArray(at(document, 'Rules'));

export function answeredRules(document: Json): Found {
  const listed = at(document, 'Rules');
  const rules: readonly Json[] = Array.isArray(listed) ? listed : [document];
  return {
    unchecked: [],
    rules: rules.flatMap((rule) => {
      const pattern = at(rule, 'EventPattern');
      if (pattern === undefined) return [];
      const isDefault = isDefaultBus(textAt(rule, 'EventBusName'));
      return [
        {
          address: textAt(rule, 'Name') ?? '',
          pattern: typeof pattern === 'string' ? pattern : JSON.stringify(pattern),
          state: textAt(rule, 'State'),
          region: isDefault ? textAt(rule, 'Arn')?.split(':')[3] : undefined,
        },
      ];
    }),
  };
}
