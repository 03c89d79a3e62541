import { covers, type Token } from './pattern';

/** The six parts of an ARN; the last keeps its colons. Undefined where there are fewer. */
export function partsOf(arn: string): readonly string[] | undefined {
  const parts = arn.split(':');
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** The account in an ARN, or '' where it has none. */
export const accountIn = (arn: string): string => arn.split(':')[4] ?? '';

/**
 * ArnLike, which is also ArnEquals: each of the six parts is matched by itself, so that a wildcard
 * never crosses into the next. Undefined where the request's value is no ARN.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function arnCovers(tokens: readonly Token[], arn: string): boolean | undefined {
  const wanted = splitTokens(tokens);
  const parts = partsOf(arn);
  if (parts === undefined) return undefined;
  if (wanted === undefined) return false;
  return wanted.every((part, i) => covers(part, parts[i] ?? ''));
}

function splitTokens(tokens: readonly Token[]): readonly (readonly Token[])[] | undefined {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token === ':' && parts.length < 6) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.length === 6 ? parts : undefined;
}
