import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ConfigurationError, loadConfiguration, sentence } from '#config';
import { type AnyGuardrail, complies, defineGuardrail } from '#core';

/** A guardrail of which only id, settings and Regions matter. */
export const guardrail = (
  id: string,
  settings: z.ZodType = z.strictObject({}),
  regions: readonly string[] = [],
): AnyGuardrail =>
  defineGuardrail({
    id,
    version: 1,
    title: `Title of ${id}`,
    severity: 'high',
    why: `Why of ${id}.`,
    limits: [],
    frameworks: {},
    settings,
    regions,
    triggers: [],
    reads: [],
    writes: [],
    resources: () => [],
    // biome-ignore lint/correctness/useYield: there is nothing to read
    *observe() {
      return null;
    },
    judge: () => complies('it is fine'),
  });

export const GUARDRAILS: readonly AnyGuardrail[] = [
  guardrail(
    's3.bucket-public',
    z.object({
      block: z.boolean().default(true).describe('Also block'),
      limits: z.object({ perHour: z.number().int().min(1).default(10) }).optional(),
    }),
  ),
  guardrail('sqs.queue-untagged', z.strictObject({ owner: z.string().default('owner') })),
  guardrail('signin.root-login', z.strictObject({}), ['us-east-1']),
];

export const YAML = `accounts:
  management: '111111111111'
  security: '222222222222'
  logArchive: '333333333333'
regions:
  home: us-east-1
  governed: [us-east-1, eu-west-1]
guardrails:
  s3.bucket-public:
    mode: shadow
    ous:
      /Workloads/Prod: enforce
    accounts:
      '444444444444': enforce
    settings:
      block: true
`;

export const SNAPSHOT = `{
  "id": "o-exampleorg1",
  "managementAccount": "111111111111",
  "root": { "id": "r-exam", "name": "Root" },
  "organizationalUnits": [
    { "id": "ou-exam-workloads", "name": "Workloads", "path": "/Workloads" },
    { "id": "ou-exam-prod00000", "name": "Prod", "path": "/Workloads/Prod" }
  ],
  "accounts": [
    { "id": "111111111111", "name": "management", "status": "ACTIVE", "ouPath": "/", "regions": ["eu-west-1", "us-east-1"] },
    { "id": "222222222222", "name": "security", "status": "ACTIVE", "ouPath": "/", "regions": ["eu-west-1", "us-east-1"] },
    { "id": "333333333333", "name": "log-archive", "status": "ACTIVE", "ouPath": "/", "regions": ["eu-west-1", "us-east-1"] },
    { "id": "444444444444", "name": "shop", "status": "ACTIVE", "ouPath": "/Workloads/Prod", "regions": ["eu-west-1", "us-east-1"] },
    { "id": "555555555555", "name": "old", "status": "SUSPENDED", "ouPath": "/Workloads", "regions": [] }
  ]
}
`;

/** Replaces text that must be there. */
export function replaced(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`there is no ${from} to replace`);
  return text.replace(from, () => to);
}

/** Runs with the two files in a folder of their own. */
export function inFolder<T>(
  files: Readonly<Record<string, string>>,
  work: (folder: string) => T,
): T {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-config-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Loads a configuration from texts; one that names no trail is given one, at the end. */
export const load = (
  yaml = YAML,
  snapshot: string | undefined = SNAPSHOT,
  guardrails = GUARDRAILS,
) =>
  inFolder({ 'parapet.yaml': withTrail(yaml), 'organization.json': snapshot }, (folder) =>
    loadConfiguration(join(folder, 'parapet.yaml'), guardrails),
  );

const withTrail = (yaml: string): string =>
  /^trail:/m.test(yaml) ? yaml : `${yaml}trail: { create: true }\n`;

/** The sentences of the problems that refuse a configuration, without the folder. */
export function problemsOf(
  files: Readonly<Record<string, string>>,
  guardrails = GUARDRAILS,
): readonly string[] {
  return inFolder(files, (folder) => {
    try {
      loadConfiguration(join(folder, 'parapet.yaml'), guardrails);
      return [];
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      return error.problems.map((problem) => sentence(problem).replaceAll(`${folder}/`, ''));
    }
  });
}
