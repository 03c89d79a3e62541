import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { UserError } from '#core';

const json = z.record(z.string(), z.json());

/** Who makes a call: a role session of the account, its IAM user, or its root user. */
const principal = z.strictObject({
  role: z.string().optional(),
  session: z.string().optional(),
  user: z.string().optional(),
  root: z.literal(true).optional(),
});

/** What one step must lead to, written by hand. */
const expected = z.strictObject({
  guardrail: z.string(),
  verdict: z.enum(['complies', 'violates', 'undetermined']),
  outcome: z.string(),
  /** Operation ids, in order. */
  planned: z.array(z.string()).default([]),
  made: z.array(z.string()).default([]),
});

const common = {
  /** A sentence for the timeline. */
  name: z.string(),
  /** The account's name in the snapshot, or twelve digits of one outside the organization. */
  in: z.string(),
  region: z.string(),
  /**
   * What not every place to play it in has: delivery that policies bind, or a root user who has
   * access keys of his own. Such a step is left out where that is missing.
   */
  needs: z.enum(['enforced-delivery', 'root-keys']).optional(),
  expect: z.array(expected).default([]),
  /** Part of the reason why the step's event does not reach a responder, or is rejected there. */
  stopped: z.string().optional(),
};

/**
 * An API call, made for real by whoever `by` says. Later steps name what it answered by its `id`:
 * see answers.ts.
 */
const call = z.strictObject({
  ...common,
  id: z.string().optional(),
  call: z.string().regex(/^[a-z0-9]+:[A-Z]\w+$/),
  by: principal.default({ role: 'Developer', session: 'ana@example.com' }),
  input: json.default({}),
});

/** A CloudTrail record that AWS delivers now: sign-ins, and events that are late. */
const record = z.strictObject({
  ...common,
  record: json,
  id: z.string().optional(),
});

/** The record of an earlier step, delivered a second time. */
const again = z.strictObject({ ...common, again: z.string() });

/** Somebody puts an event of his own making on a bus: `security`, or the account's default bus. */
const forged = z.strictObject({
  ...common,
  by: principal.default({ role: 'Admin', session: 'mallory' }),
  put: z.strictObject({
    on: z.enum(['security', 'default']),
    source: z.string(),
    'detail-type': z.string(),
    detail: json,
  }),
});

const step = z.union([call, record, again, forged]);

export const scenarioSchema = z.strictObject({
  title: z.string(),
  steps: z.array(step).min(1),
});

export type Scenario = z.infer<typeof scenarioSchema>;
export type Step = z.infer<typeof step>;
export type CallStep = z.infer<typeof call>;
export type RecordStep = z.infer<typeof record>;
export type ForgedStep = z.infer<typeof forged>;
export type Principal = z.infer<typeof principal>;
export type ExpectedDecision = z.infer<typeof expected>;

/** What a scenario's placeholders stand for. */
export interface Cast {
  readonly organization: string;
  /** Account name → id. */
  readonly accounts: ReadonlyMap<string, string>;
}

/**
 * Reads a scenario from YAML. `${account:NAME}` in it stands for that account's id,
 * `${organization}` for the organization's.
 * @throws UserError that names file and place.
 */
export function readScenario(file: string, cast: Cast): Scenario {
  const text = written(file)
    .replaceAll('${organization}', cast.organization)
    .replace(/\$\{account:([^}]+)\}/g, (_, name: string) => {
      const id = cast.accounts.get(name);
      if (id === undefined) throw new UserError(`${file}: no account is named ${name}`);
      return id;
    });
  const parsed = scenarioSchema.safeParse(yamlOf(text, file));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new UserError(`${file}: ${problems.join('; ')}`);
}

function written(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UserError(`cannot read ${file}: ${(cause as Error).message}`, { cause });
  }
}

function yamlOf(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new UserError(`${file} is not YAML: ${(cause as Error).message}`, { cause });
  }
}
