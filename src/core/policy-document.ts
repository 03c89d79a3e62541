import { type Node, parseTree } from 'jsonc-parser';
import { at, isObject, type Json, type JsonObject } from './json';
import { restricts } from './policy-condition';

const parsed = (policy: string): Json => {
  try {
    return JSON.parse(policy);
  } catch {
    return null;
  }
};

function statementsOf(policy: string): readonly (Json | undefined)[] {
  const statement = at(parsed(policy), 'Statement');
  return Array.isArray(statement) ? statement : [statement];
}

/** Whoever has an account at a public identity provider is everyone; an own provider is an ARN. */
function isEveryone(principal: Json | undefined): boolean {
  if (principal === '*') return true;
  const among = (kind: string) => [at(principal, kind) ?? []].flat();
  const isPublic = (provider: Json) => typeof provider === 'string' && !provider.startsWith('arn:');
  return among('AWS').includes('*') || among('Federated').some(isPublic);
}

/** Allow with NotPrincipal admits everyone but the named. */
const admitsEveryone = (statement: JsonObject): boolean =>
  statement.Effect === 'Allow' &&
  (isEveryone(statement.Principal) || statement.NotPrincipal !== undefined) &&
  !restricts(statement.Condition);

/** A statement that admits everyone: its place in the document and its name there. */
export interface PublicStatement {
  readonly index: number;
  /** The Sid, or `#<index>` counted from 1. */
  readonly name: string;
}

/** The statements of a resource policy that admit everyone, by AWS's own meaning of "public". */
export function publicStatements(policy: string | undefined): readonly PublicStatement[] {
  if (policy === undefined) return [];
  return statementsOf(policy).flatMap((statement, index) => {
    if (!isObject(statement)) return [];
    const sid = statement.Sid;
    const name = typeof sid === 'string' && sid !== '' ? sid : `#${index + 1}`;
    return admitsEveryone(statement) ? [{ index, name }] : [];
  });
}

/**
 * The policy with some statements cut out and others added at the end; every other byte stays as
 * it was. Undefined where no statement remains: such a policy must be deleted instead. A text
 * that has no `Statement` stays as it is.
 */
export function withStatements(
  policy: string,
  change: { readonly without: readonly number[]; readonly adding?: readonly Json[] },
): string | undefined {
  const added = (change.adding ?? []).map((statement) => JSON.stringify(statement));
  const statement = statementIn(policy);
  if (statement === undefined) return policy;
  const elements = statement.type === 'array' ? (statement.children ?? []) : [statement];
  const kept = elements.filter((_, index) => !change.without.includes(index));
  if (kept.length + added.length === 0) return undefined;
  if (kept.length === elements.length && added.length === 0) return policy;
  const text = (node: Node) => policy.slice(node.offset, node.offset + node.length);
  const inner =
    kept.length === 0 || statement.type !== 'array'
      ? `[${[...kept.map(text), ...added].join(',')}]`
      : listOf(policy, statement, kept) +
        added.map((one) => `,${one}`).join('') +
        tailOf(policy, statement);
  return policy.slice(0, statement.offset) + inner + policy.slice(end(statement));
}

/** The value of `Statement`; of a key that is there twice the last one counts, as in JSON. */
function statementIn(policy: string): Node | undefined {
  const root = parseTree(policy);
  const properties = root?.type === 'object' ? (root.children ?? []) : [];
  return properties.findLast(({ children }) => children?.[0]?.value === 'Statement')?.children?.[1];
}

const end = (node: Node): number => node.offset + node.length;

/** The list up to its last kept element, each with the comma and space that stood before it. */
function listOf(policy: string, list: Node, kept: readonly Node[]): string {
  const elements = list.children ?? [];
  const head = policy.slice(list.offset, elements[0]?.offset);
  const pieces = kept.map((node, place) => {
    const before = elements[elements.indexOf(node) - 1];
    const gap = place === 0 || !before ? '' : policy.slice(end(before), node.offset);
    return gap + policy.slice(node.offset, end(node));
  });
  return head + pieces.join('');
}

function tailOf(policy: string, list: Node): string {
  const last = list.children?.at(-1);
  return policy.slice(last ? end(last) : list.offset, end(list));
}
