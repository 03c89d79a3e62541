import type { Call, Json, JsonObject } from '#core';
import type { DecisionSummary } from '#engine';
import { filledIn } from '#twin/answers';
import type { Scenario, Step } from '#twin/scenario';
import { makeCall } from './calls';
import type { ClientOptions } from './clients';
import { asRoot } from './clients';
import { type Body, decisionWatch } from './decisions';
import { SandboxFailed } from './errors';
import { completeRecord, entryOf, putEvent } from './events';
import { isIdle } from './idle';
import { principals } from './principals';
import type { Sandbox } from './record';
import { takeRejected } from './rejects';

/** A decision as far as two runs of one scenario can agree on it: without ids and times. */
export interface Driven {
  readonly guardrail: string;
  /** The ARN. */
  readonly resource: string;
  readonly mode: string;
  readonly verdict: string;
  readonly reason: string;
  readonly outcome: string;
  readonly because: string | undefined;
  readonly planned: readonly Call[];
  readonly made: readonly { readonly operation: string; readonly input: Json }[];
}

/** What came of one step. */
export interface DrivenStep {
  /** The step's name. */
  readonly step: string;
  readonly decisions: readonly Driven[];
  /** Why responders rejected events of the step. */
  readonly rejected: readonly string[];
  /** The error code of a call that was refused. */
  readonly refused?: string;
}

/** Steps that need what the emulator has not; the scenario's schema says what that can be. */
export const isLeftOut = ({ needs }: Step): boolean => needs !== undefined;

/**
 * Runs a scenario against a sandbox, one step after the other. Steps that need enforced delivery
 * or root keys are left out; `leftOut` names them.
 * @throws SandboxFailed where a step cannot be made at all.
 */
export async function runScenario(
  sandbox: Sandbox,
  scenario: Scenario,
): Promise<readonly DrivenStep[]> {
  const watch = decisionWatch(sandbox);
  const run = stepRunner(sandbox);
  // What was done here before may still be decided.
  do await watch.settled(0);
  while (!(await isIdle(sandbox)));
  await takeRejected(sandbox);
  const driven: DrivenStep[] = [];
  for (const step of scenario.steps) {
    if (isLeftOut(step)) continue;
    const refused = await run(step);
    const summaries = await watch.settled(step.expect.length);
    if (refused !== undefined && step.expect.length > 0)
      throw new SandboxFailed(`${step.name}: the call was refused: ${refused}`);
    driven.push({
      step: step.name,
      decisions: await Promise.all(
        summaries.map(async (summary) => comparable(summary, await watch.bodyOf(summary))),
      ),
      rejected: (await takeRejected(sandbox)).map(({ reason }) => reason),
      ...(refused === undefined ? {} : { refused }),
    });
  }
  return driven;
}

/** The names of the steps that `runScenario` leaves out. */
export const leftOut = ({ steps }: Scenario): readonly string[] =>
  steps.filter(isLeftOut).map(({ name }) => name);

/** Makes a step happen; gives the error code where AWS refused the call. */
function stepRunner(sandbox: Sandbox) {
  const people = principals(sandbox);
  const records = new Map<string, JsonObject>();
  const answers = new Map<string, unknown>();
  const put = (record: JsonObject, account: string, region: string) =>
    putEvent(asRoot(sandbox, account, region), entryOf(record));

  return async (step: Step): Promise<string | undefined> => {
    const { region } = step;
    const account = accountOf(sandbox, step.in);
    const as = async (by: Parameters<typeof people.keysOf>[1]): Promise<ClientOptions> => ({
      ...asRoot(sandbox, account, region),
      credentials: await people.keysOf(account, by),
    });
    if ('call' in step) {
      const input = filledIn(step.input as JsonObject, answers);
      return refusalOf(
        makeCall(await as(step.by), step.call, input).then((answer) => {
          if (step.id !== undefined) answers.set(step.id, answer);
        }),
      );
    }
    if ('record' in step) {
      const record = completeRecord(step.record, { account, region });
      if (step.id !== undefined) records.set(step.id, record);
      return put(record, account, region).then(() => undefined);
    }
    if ('again' in step) {
      const record = records.get(step.again);
      if (record === undefined) throw new SandboxFailed(`no step before has the id ${step.again}`);
      return put(record, account, region).then(() => undefined);
    }
    const { on, source, 'detail-type': detailType, detail } = step.put;
    const bus = on === 'security' ? sandbox.names.bus : undefined;
    return refusalOf(putEvent(await as(step.by), { source, detailType, detail }, bus));
  };
}

/** The id of an account by its name; an account outside the organization is named by its id. */
export function accountOf({ accounts }: Sandbox, name: string): string {
  const id = accounts[name] ?? (/^\d{12}$/.test(name) ? name : undefined);
  if (id === undefined) throw new SandboxFailed(`the sandbox has no account ${name}`);
  return id;
}

/** AWS refuses with an answer; anything else that goes wrong is no part of a scenario. */
async function refusalOf(call: Promise<unknown>): Promise<string | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (error instanceof Error && '$metadata' in error) return error.name;
    throw error;
  }
}

const comparable = (summary: DecisionSummary, body: Body): Driven => ({
  guardrail: summary.guardrail,
  resource: summary.resource,
  mode: summary.mode,
  verdict: body.verdict.verdict,
  reason: body.verdict.reason,
  outcome: body.outcome,
  because: body.because,
  planned: body.planned,
  made: body.made.map(({ call: { operation, input } }) => ({ operation, input })),
});
