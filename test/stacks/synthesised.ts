import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Configuration } from '#config';
import { type AnyGuardrail, serviceOf } from '#core';
import { type AppOptions, buildApp } from '#stacks/app';
import { configuration, sample } from './organization';

export interface StackJson {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly provider: { readonly aws: readonly Attributes[] };
  readonly terraform: { readonly backend: Attributes };
}

// biome-ignore lint/suspicious/noExplicitAny: what is under test is untyped JSON
export type Attributes = any;

export interface PolicyJson {
  readonly Statement: readonly {
    readonly Sid?: string;
    readonly Effect: string;
    readonly Principal?: unknown;
    readonly Action: readonly string[];
    readonly Resource?: readonly string[];
    readonly Condition?: unknown;
  }[];
}

const FUNCTIONS = [
  ...['enrich', 'look-again', 'security-hub', 'forward-siem', 'vending'],
  ...['lake-events', 'lake-decisions'],
];

/** A folder with an entry for each function that stands in for it: bundled in no time. */
function entriesFor(guardrails: readonly AnyGuardrail[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-entries-'));
  for (const name of [...guardrails.map(serviceOf), ...FUNCTIONS])
    writeFileSync(
      join(folder, `${name}.ts`),
      `export const handler = async (): Promise<string> => '${name}';`,
    );
  return folder;
}

/** Synthesises into a new folder and gives back its path. */
export function synthesise(
  options: Omit<AppOptions, 'outdir'> & {
    readonly configuration?: Configuration;
    readonly guardrails?: readonly AnyGuardrail[];
  } = {},
): string {
  const { configuration: given = configuration, guardrails = sample, ...rest } = options;
  const outdir = mkdtempSync(join(tmpdir(), 'parapet-synth-'));
  buildApp(given, guardrails, { entries: entriesFor(guardrails), ...rest, outdir }).synth();
  return outdir;
}

export const stackIds = (outdir: string): readonly string[] =>
  existsSync(join(outdir, 'stacks')) ? readdirSync(join(outdir, 'stacks')).sort() : [];

export const stackFile = (outdir: string, id: string): string =>
  join(outdir, 'stacks', id, 'cdk.tf.json');

export const readStack = (outdir: string, id: string): StackJson =>
  JSON.parse(readFileSync(stackFile(outdir, id), 'utf8'));

/** `type.name` of every resource, sorted. */
export const resourcesOf = ({ resource }: StackJson): readonly string[] =>
  Object.entries(resource)
    .flatMap(([type, byName]) => Object.keys(byName).map((name) => `${type}.${name}`))
    .sort();

const POLICY_ATTRIBUTES = ['policy', 'assume_role_policy', 'content', 'policy_document'];

/** Every policy document of a stack, by `type.name.attribute`. */
export function policiesOf({ resource }: StackJson): ReadonlyMap<string, PolicyJson> {
  const found = new Map<string, PolicyJson>();
  for (const [type, byName] of Object.entries(resource))
    for (const [name, attributes] of Object.entries(byName))
      for (const attribute of POLICY_ATTRIBUTES)
        if (typeof attributes[attribute] === 'string')
          found.set(`${type}.${name}.${attribute}`, JSON.parse(attributes[attribute]));
  return found;
}

/** The one policy document at `type.name.attribute`. */
export function policyAt(stack: StackJson, address: string): PolicyJson {
  const policy = policiesOf(stack).get(address);
  if (policy === undefined) throw new Error(`the stack has no ${address}`);
  return policy;
}
