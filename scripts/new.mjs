// Scaffolds a guardrail: the definition, its examples and, for a new service, its operations.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { run } from './run.mjs';

const ID = /^([a-z][a-z0-9]*)\.([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/;

const definition = (
  id,
  service,
) => `import { complies, defineGuardrail, look, noSettings, violates, whenSucceeded } from '#core';
import { type Thing, ${service}, thingsOf } from '#core/operations/${service}';

export default defineGuardrail({
  id: '${id}',
  version: 1,
  title: 'Name the violation in a few words',
  severity: 'medium',
  why: 'Say in one sentence what can happen to the owner.',
  limits: ['Say what it knowingly does not catch.'],
  frameworks: { attack: ['T0000'] },
  settings: noSettings,

  triggers: whenSucceeded(${service}.putThing),
  reads: [${service}.getThing],
  writes: [${service}.putThing],

  resources: thingsOf,

  *observe(thing: Thing) {
    return yield* look(${service}.getThing(thing, { Name: thing.name }));
  },

  judge({ state }) {
    if (state === undefined) return complies('it no longer exists');
    return state.Public ? violates('say what is wrong, to its owner') : complies('say why it is right');
  },

  plan({ resource: thing }) {
    return [${service}.putThing(thing, { Name: thing.name, Public: false })];
  },
});
`;

const examples = (service) => `import { defineExamples } from '#core';

const put = {
  eventName: 'PutThing',
  eventSource: '${service}.amazonaws.com',
  requestParameters: { name: 'mine' },
};

export default defineExamples([
  {
    name: 'say in a sentence what violates',
    event: put,
    state: { '${service}:GetThing': { Public: true } },
    expect: {
      verdict: 'violates',
      plan: [{ operation: '${service}:PutThing', input: { Name: 'mine', Public: false } }],
    },
  },
  {
    name: 'say what complies',
    event: put,
    state: { '${service}:GetThing': { Public: false } },
    expect: { verdict: 'complies' },
  },
  {
    name: 'a state that may not be read is undetermined',
    event: put,
    state: { '${service}:GetThing': { $refused: 'AccessDenied' } },
    expect: { verdict: 'undetermined' },
  },
  {
    name: 'a call that failed is ignored',
    event: { ...put, errorCode: 'AccessDenied' },
    expect: { verdict: 'ignored' },
  },
]);
`;

const operations = (service) => `import type { TrailEvent } from '../event';
import { textAt } from '../json';
import { operation } from '../operation';
import type { Resource } from '../resource';

export interface Thing extends Resource {
  readonly name: string;
}

const facts = (name: string) => ({
  id: \`${service}:\${name}\`,
  sdk: { client: '${service.toUpperCase()}Client', command: \`\${name}Command\` },
  iam: [\`${service}:\${name}\`],
  scope: 'arn:{partition}:${service}:*:{account}:*',
  trail: { source: '${service}.amazonaws.com', names: [name], region: 'own' as const },
  secret: [],
});

interface ThingInput {
  readonly Name: string;
}

export const ${service} = {
  getThing: operation<ThingInput, { readonly Public: boolean }>()({
    ...facts('GetThing'),
    access: 'read',
    absentOn: ['ResourceNotFoundException'],
  }),
  putThing: operation<ThingInput & { readonly Public: boolean }, unknown>()({
    ...facts('PutThing'),
    access: 'write',
    absentOn: [],
  }),
} as const;

/** The thing that a call names. */
export function thingsOf({ request, account, region }: TrailEvent): readonly Thing[] {
  const name = textAt(request, 'name');
  if (name === undefined) return [];
  const arn = \`arn:aws:${service}:\${region}:\${account}:\${name}\`;
  return [{ type: 'AWS::${service.toUpperCase()}::Thing', arn, account, region, name }];
}
`;

/**
 * Writes the files of a new guardrail below a root; never over one that is there.
 * @param {string} root
 * @param {string} id
 * @returns {{ written: string[] } | { problem: string }} paths below the root
 */
export function scaffold(root, id) {
  const [, service, violation] = ID.exec(id) ?? [];
  if (!service)
    return { problem: `"${id}" is no id: <service>.<violation>, e.g. s3.bucket-public` };
  const file = `policies/guardrails/${service}/${violation}`;
  if (existsSync(join(root, `${file}.ts`))) return { problem: `${file}.ts exists already` };
  const known = `src/core/operations/${service}.ts`;
  const texts = {
    [`${file}.ts`]: definition(id, service),
    [`${file}.examples.ts`]: examples(service),
    ...(existsSync(join(root, known)) ? {} : { [known]: operations(service) }),
  };
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return { written: Object.keys(texts) };
}

async function main() {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const outcome = scaffold(root, process.argv[2] ?? '');
  if ('problem' in outcome) {
    process.stderr.write(`${outcome.problem}\nusage: npm run new <service>.<violation>\n`);
    return 2;
  }
  await run(join(root, 'node_modules/.bin/biome'), ['format', '--write', ...outcome.written], {
    toStderr: true,
  });
  const has = readdirSync(join(root, 'src/core/operations')).join(', ');
  process.stderr.write(
    [
      `wrote ${outcome.written.join(', ')}`,
      'Things to do, in this order:',
      `  1. name the real resource and operations (src/core/operations has ${has})`,
      '  2. write the examples from recorded events, then judge and plan',
      '  3. npm run gen    writes index, responder, docs and schema',
      '  4. npm run check  and  npx jest test/contract',
      '',
    ].join('\n'),
  );
  return 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = await main();
