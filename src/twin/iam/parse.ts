import { isObject, type Json, type JsonObject } from '#core';
import { MalformedPolicy } from './errors';
import { parseConditions } from './parse-conditions';
import { parsePrincipals } from './parse-principals';
import { type Pattern, plainPattern, readPattern } from './pattern';
import type { Listed, Policy, ResourcePolicy, ResourceStatement, Statement } from './policy';
import { repeatedKey } from './repeated-key';

/**
 * Reads a policy without principals: of an identity or a session, a permissions boundary, an SCP.
 * @param name what errors and reasons call it.
 * @throws MalformedPolicy, naming the place, for whatever AWS would refuse.
 */
export function parsePolicy(document: string | Json, name?: string): Policy {
  const { root, written, variables } = open(document, name);
  const statements = written.map((statement, i): Statement => {
    const place = `${root}Statement[${i}]`;
    const elements = elementsOf(statement, place, STATEMENT_ELEMENTS);
    const resources = parseResources(elements, place, variables);
    if (resources === undefined)
      throw new MalformedPolicy(place, 'Resource or NotResource is missing');
    return { ...parseCommon(elements, place, variables), resources };
  });
  return { side: 'identity', ...(name === undefined ? {} : { name }), statements };
}

/**
 * Reads a policy with principals: of a bus, queue, bucket or key, a role's trust policy, an RCP.
 * @throws MalformedPolicy, naming the place, for whatever AWS would refuse.
 */
export function parseResourcePolicy(document: string | Json, name?: string): ResourcePolicy {
  const { root, written, variables } = open(document, name);
  const statements = written.map((statement, i): ResourceStatement => {
    const place = `${root}Statement[${i}]`;
    const elements = elementsOf(statement, place, [
      ...STATEMENT_ELEMENTS,
      'Principal',
      'NotPrincipal',
    ]);
    const resources = parseResources(elements, place, variables);
    const common = parseCommon(elements, place, variables);
    return {
      ...common,
      ...(resources === undefined ? {} : { resources }),
      principals: parsePrincipals(elements, common.effect, place),
    };
  });
  return { side: 'resource', ...(name === undefined ? {} : { name }), statements };
}

const STATEMENT_ELEMENTS = [
  ...['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'],
];
const VERSIONS = ['2012-10-17', '2008-10-17'];
const ACTION = /^(\*|\*:\*|[a-z0-9-]+:[a-z0-9*?-]+)$/i;
const RESOURCE = /^(\*|arn:.+)$/;

interface Opened {
  readonly root: string;
  readonly written: readonly Json[];
  /** Policy variables exist since version 2012-10-17; before, `${` is only text. */
  readonly variables: boolean;
}

function open(document: string | Json, name: string | undefined): Opened {
  const root = name === undefined ? '' : `${name}: `;
  const parsed = typeof document === 'string' ? parseText(document, root) : document;
  const elements = elementsOf(parsed, `${root}policy`, ['Version', 'Id', 'Statement']);
  const version = elements.Version ?? '2008-10-17';
  if (typeof version !== 'string' || !VERSIONS.includes(version))
    throw new MalformedPolicy(`${root}Version`, `must be one of ${VERSIONS.join(' and ')}`);
  const statement = elements.Statement;
  if (statement === undefined) throw new MalformedPolicy(`${root}Statement`, 'is missing');
  const written = Array.isArray(statement) ? (statement as readonly Json[]) : [statement];
  refuseSameSids(written, root);
  return { root, written, variables: version === '2012-10-17' };
}

function parseText(text: string, root: string): Json {
  let parsed: Json;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new MalformedPolicy(`${root}policy`, `is not JSON: ${why}`);
  }
  const repeated = repeatedKey(text);
  if (repeated !== undefined)
    throw new MalformedPolicy(
      `${root}${repeated}`,
      'is given twice, and only the last would count',
    );
  return parsed;
}

function refuseSameSids(statements: readonly Json[], root: string): void {
  const seen = new Set<Json>();
  for (const [i, statement] of statements.entries()) {
    const sid = isObject(statement) ? statement.Sid : undefined;
    if (sid === undefined || sid === '') continue;
    if (seen.has(sid))
      throw new MalformedPolicy(
        `${root}Statement[${i}].Sid`,
        `${JSON.stringify(sid)} is used twice`,
      );
    seen.add(sid);
  }
}

function elementsOf(value: Json, place: string, allowed: readonly string[]): JsonObject {
  if (!isObject(value)) throw new MalformedPolicy(place, 'must be an object');
  const unknown = Object.keys(value).find((key) => !allowed.includes(key));
  if (unknown !== undefined)
    throw new MalformedPolicy(
      `${place}.${unknown}`,
      `is not known here; known are ${allowed.join(', ')}`,
    );
  return value;
}

function parseCommon(
  elements: JsonObject,
  place: string,
  variables: boolean,
): Omit<Statement, 'resources'> {
  const { Sid: sid, Effect: effect } = elements;
  if (sid !== undefined && typeof sid !== 'string')
    throw new MalformedPolicy(`${place}.Sid`, 'must be text');
  if (effect !== 'Allow' && effect !== 'Deny')
    throw new MalformedPolicy(`${place}.Effect`, 'must be "Allow" or "Deny"');
  const actions = parseEither(elements, 'Action', place, (text) =>
    ACTION.test(text)
      ? plainPattern(text.toLowerCase())
      : `"${text}" is no action, as s3:GetObject is`,
  );
  if (actions === undefined) throw new MalformedPolicy(place, 'Action or NotAction is missing');
  return {
    ...(sid === undefined ? {} : { sid }),
    effect,
    actions,
    conditions: parseConditions(elements.Condition, `${place}.Condition`, variables),
  };
}

function parseResources(elements: JsonObject, place: string, variables: boolean) {
  return parseEither(elements, 'Resource', place, (text) => {
    if (!RESOURCE.test(text)) return `"${text}" is neither an ARN nor *`;
    return variables ? readPattern(text) : plainPattern(text);
  });
}

function parseEither(
  elements: JsonObject,
  element: 'Action' | 'Resource',
  place: string,
  read: (text: string) => Pattern | string,
): Listed<Pattern> | undefined {
  const positive = elements[element];
  const negative = elements[`Not${element}`];
  if (positive !== undefined && negative !== undefined)
    throw new MalformedPolicy(place, `${element} and Not${element} exclude each other`);
  const written = positive ?? negative;
  if (written === undefined) return undefined;
  const sense = positive === undefined ? 'not in' : 'in';
  const at = `${place}.${positive === undefined ? 'Not' : ''}${element}`;
  return { sense, values: textsOf(written, at).map((text) => orRefuse(read(text), at)) };
}

function textsOf(value: Json, place: string): readonly string[] {
  const list: readonly Json[] = Array.isArray(value) ? value : [value as Json];
  if (list.length === 0) throw new MalformedPolicy(place, 'is an empty list');
  return list.map((item) => {
    if (typeof item !== 'string')
      throw new MalformedPolicy(place, 'must be text or a list of texts');
    return item;
  });
}

function orRefuse(read: Pattern | string, place: string): Pattern {
  if (typeof read === 'string') throw new MalformedPolicy(place, read);
  return read;
}
