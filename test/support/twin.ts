import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadConfiguration, readSnapshot, snapshotPath } from '#config';
import { type Answer, type JsonObject, serviceOf } from '#core';
import { guardrails } from '#policies/guardrails/index';
import { buildApp } from '#stacks/app';
import { type Journey, organizationOf, type Twin, twinOf } from '#twin';

// biome-ignore lint/suspicious/noExplicitAny: what is broken on purpose is untyped JSON
type Attributes = any;
/** Resource type → name → attributes, as in the synthesised JSON. */
type Resources = Record<string, Record<string, Attributes>>;

/** The resources of a stack; what is changed in them is written to disk. */
export type Stacks = (stack: string) => Resources;

const CONFIG = path.resolve(__dirname, '../../examples/parapet.yaml');
export const START = new Date('2026-01-01T09:00:00Z');
export const MEMBER = '444444444444';
export const REGION = 'eu-west-1';

/** The stacks of the example, synthesised once into a folder that `remove` deletes. */
export function exampleStacks() {
  const folder = mkdtempSync(path.join(tmpdir(), 'parapet-twin-'));
  const entries = path.join(folder, 'entries');
  const outdir = path.join(folder, 'out');
  cpSync(__dirname, entries, { recursive: true, filter: (file) => file === __dirname });
  for (const service of guardrails.map(serviceOf))
    writeFileSync(path.join(entries, `${service}.ts`), 'export const handler = null;');
  cpSync(entries, outdir, { recursive: true, filter: (file) => file === entries });
  buildApp(loadConfiguration(CONFIG, guardrails), guardrails, { outdir, entries }).synth();
  const organization = organizationOf(readSnapshot(snapshotPath(CONFIG)));
  let copies = 0;

  /** A twin of the stacks, after something in them was changed. */
  const twin = (change: (stacks: Stacks) => void = () => {}): Twin => {
    const copy = path.join(folder, `copy-${copies++}`);
    cpSync(outdir, copy, { recursive: true });
    const documents = new Map<string, { resource: Resources }>();
    const fileOf = (stack: string) => path.join(copy, 'stacks', stack, 'cdk.tf.json');
    for (const stack of readdirSync(path.join(copy, 'stacks')))
      documents.set(stack, JSON.parse(readFileSync(fileOf(stack), 'utf8')));
    change((stack) => {
      const document = documents.get(stack);
      if (!document) throw new Error(`there is no stack ${stack}`);
      return document.resource;
    });
    for (const [stack, document] of documents)
      writeFileSync(fileOf(stack), JSON.stringify(document));
    return twinOf({ outdir: copy, organization, guardrails, start: START });
  };
  return { twin, remove: () => rmSync(folder, { recursive: true }) };
}

/** A resource that must be there to be changed. */
export function resource(resources: Resources, type: string, name: string): Attributes {
  const found = resources[type]?.[name];
  if (!found) throw new Error(`there is no ${type}.${name}`);
  return found;
}

/** Changes the policy document that stands as text in an attribute. */
export function editPolicy(
  attributes: Attributes,
  edit: (statements: Attributes[]) => Attributes[] | undefined,
  attribute = 'policy',
): void {
  const document = JSON.parse(attributes[attribute]);
  document.Statement = edit(document.Statement) ?? document.Statement;
  attributes[attribute] = JSON.stringify(document);
}

export const DEVELOPER: JsonObject = {
  type: 'AssumedRole',
  arn: `arn:aws:sts::${MEMBER}:assumed-role/Developer/ana@example.com`,
  accountId: MEMBER,
  sessionContext: {
    sessionIssuer: {
      type: 'Role',
      arn: `arn:aws:iam::${MEMBER}:role/Developer`,
      userName: 'Developer',
    },
  },
};

/** Makes a call in a member account and lets its events arrive. */
export async function happen(
  twin: Twin,
  operation: string,
  input: JsonObject,
  place: { readonly account?: string; readonly region?: string } = {},
): Promise<{ readonly answer: Answer; readonly journeys: readonly Journey[] }> {
  const on = { type: '', arn: '', account: MEMBER, region: REGION, ...place };
  const answer = twin.call({ operation, input, on }, DEVELOPER);
  return { answer, journeys: await twin.settle() };
}

/** What stopped the first of the events, or what came of it: the outcomes. */
export function fate([journey]: readonly Journey[]): string {
  if (!journey) return 'nothing was on its way';
  const outcomes = journey.handled.map((one) =>
    one.kind === 'decided' ? one.decision.outcome : one.kind,
  );
  if (outcomes.length > 0) return outcomes.join(', ');
  return journey.hops.find(({ passed }) => !passed)?.what ?? 'nothing stopped it';
}

/** The hops of the first event that did not go on, though it was judged. */
export const denials = ([journey]: readonly Journey[]): readonly string[] =>
  (journey?.hops ?? []).flatMap(({ passed, what }) => (passed ? [] : [what]));
