import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isObject, type Json, type JsonObject, textAt } from '#core';
import { attributeOf } from './attributes';
import { UnknownToTwin } from './errors';

/** One resource of a synthesised stack, its references resolved and its `for_each` expanded. */
export interface Built {
  readonly type: string;
  readonly name: string;
  /** The account and Region of its provider. */
  readonly account: string;
  readonly region: string;
  readonly values: JsonObject;
  /** The folder of its stack: what relative file names are relative to. */
  readonly folder: string;
}

/** A resource as it stands in the JSON. */
interface Written {
  readonly type: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly values: JsonObject;
}

/**
 * Reads every stack below a folder that `cdktf synth` wrote.
 * @throws UnknownToTwin for references and resources it cannot resolve.
 */
export function readStacks(outdir: string): readonly Built[] {
  const stacks = path.join(outdir, 'stacks');
  return readdirSync(stacks)
    .sort()
    .flatMap((stack) => readStack(path.join(stacks, stack)));
}

function readStack(folder: string): readonly Built[] {
  const document: Json = JSON.parse(readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8'));
  const written = writtenIn(document);
  return [...written.values()].flatMap((resource) =>
    copiesOf(resource).map((copy) => ({
      ...resource,
      folder,
      values: resolve(resource.values, { written, ...copy }) as JsonObject,
    })),
  );
}

function writtenIn(document: Json): ReadonlyMap<string, Written> {
  const places = providersIn(document);
  const types = Object.entries(section(document, 'resource'));
  return new Map(
    types.flatMap(([type, named]) =>
      Object.entries(isObject(named) ? named : {}).map(([name, values]) => {
        const place = places.get(textAt(values, 'provider') ?? '');
        if (!place || !isObject(values))
          throw new UnknownToTwin(`${type}.${name} has a provider the twin cannot find`);
        return [`${type}.${name}`, { type, name, ...place, values }] as const;
      }),
    ),
  );
}

function providersIn(
  document: Json,
): ReadonlyMap<string, { readonly account: string; readonly region: string }> {
  const providers = section(document, 'provider').aws;
  const list: readonly Json[] = Array.isArray(providers) ? providers : [];
  return new Map(
    list.map((provider) => {
      const allowed = isObject(provider) ? provider.allowed_account_ids : undefined;
      const account = Array.isArray(allowed) ? String(allowed[0]) : '';
      const region = textAt(provider, 'region') ?? '';
      return [`aws.${textAt(provider, 'alias')}`, { account, region }] as const;
    }),
  );
}

const section = (document: Json, name: string): JsonObject => {
  const found = isObject(document) ? document[name] : undefined;
  return isObject(found) ? found : {};
};

interface Copy {
  readonly key?: string;
  readonly value?: Json;
}

function copiesOf({ values }: Written): readonly Copy[] {
  const each = values.for_each;
  if (!isObject(each)) return [{}];
  return Object.entries(each).map(([key, value]) => ({ key, value }));
}

interface Scope extends Copy {
  readonly written: ReadonlyMap<string, Written>;
}

function resolve(value: Json, scope: Scope): Json {
  if (typeof value === 'string') return resolveText(value, scope);
  if (Array.isArray(value)) return value.map((one: Json) => resolve(one, scope));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => key !== '//' && key !== 'for_each');
  return Object.fromEntries(kept.map(([key, one]) => [key, resolve(one, scope)]));
}

/** A doubled sign before a brace is no expression: Terraform makes one of the two. */
const resolveText = (text: string, scope: Scope): string =>
  text.replace(/([$%])\1\{|\$\{([^}]+)\}/g, (_, escaped?: string, reference?: string) =>
    escaped === undefined ? referred(reference ?? '', scope) : `${escaped}{`,
  );

function referred(reference: string, scope: Scope): string {
  if (reference === 'each.key' && scope.key !== undefined) return scope.key;
  if (reference === 'each.value' && typeof scope.value === 'string') return scope.value;
  const field = /^each\.value\.(\w+)$/.exec(reference)?.[1];
  const ofField = field === undefined ? undefined : textAt(scope.value, field);
  if (ofField !== undefined) return ofField;
  const [type, name, attribute, ...rest] = reference.split('.');
  const resource = scope.written.get(`${type}.${name}`);
  if (!resource || !attribute || rest.length > 0)
    throw new UnknownToTwin(`the twin cannot resolve \${${reference}}`);
  const values = resolve(resource.values, { written: scope.written }) as JsonObject;
  return attributeOf({ ...resource, values }, attribute);
}
