import { existsSync, readFileSync } from 'node:fs';
import { Command } from 'commander';
import { deploymentOf, loadConfiguration } from '#config';
import {
  type AnyGuardrail,
  type Decision,
  isObject,
  type Json,
  parseTrailEvent,
  type TrailEvent,
  UnjudgeableEvent,
  UserError,
} from '#core';
import { handle, type OfflineState, offlinePorts } from '#engine';
import { anywhere, enveloped } from '#replay';
import { guardrailNamed } from '../guardrail-named';
import { paint, print } from '../output';
import type { GlobalOptions, Session, Verb } from '../session';

/** `parapet judge`: event and state in, decision and exact calls out; no account needed. */
export const judge: Verb = (session) =>
  new Command('judge')
    .summary('judge an event and a state offline, and print the exact calls')
    .description(
      'Judges one event by one guardrail against a state that was written down, and prints the decision with the exact API calls. Asks AWS nothing. Mode and settings come from the configuration, where there is one; else the mode is shadow.',
    )
    .argument('<guardrail>', 'its id, e.g. s3.bucket-public')
    .requiredOption('--event <file>', 'an EventBridge envelope or a CloudTrail record, JSON')
    .requiredOption('--state <file>', 'operation id → what it answers, JSON; absent or null: none')
    .addHelpText(
      'after',
      `
Examples:
  parapet judge s3.bucket-public --event event.json --state state.json
  parapet judge s3.bucket-public --event examples/judge/event.json --state examples/judge/state.json --json

A state file of s3.bucket-public; {"$refused": "AccessDenied"} stands for a read that is refused:
  { "s3:GetBucketAcl": { "Owner": {"ID": "x"}, "Grants": [] }, "s3:GetBucketPolicy": null }

Exit code: 0 complies or ignored, 1 violates, 2 usage, 3 undetermined.`,
    )
    .action(async (id: string, options: { event: string; state: string }, command: Command) => {
      const guardrail = guardrailNamed(session, id);
      const event = eventIn(options.event);
      const state = stateIn(options.state);
      const { config } = command.optsWithGlobals<GlobalOptions>();
      const isGiven = command.getOptionValueSourceWithGlobals('config') === 'cli';
      const deployment =
        isGiven || existsSync(config)
          ? deploymentOf(loadConfiguration(config, session.guardrails))
          : anywhere(event);
      const engine = {
        guardrails: [guardrail],
        deployment,
        ports: offlinePorts(state, () => new Date(event.time)),
        leaseMs: 60_000,
      };
      const [handled] = await handle(event, engine, { isLastTry: true }).catch((error) =>
        asUserError(options.event, error),
      );
      if (handled?.kind !== 'decided') {
        const reason = handled?.kind === 'ignored' ? handled.reason : 'nothing to judge';
        print(session, command, {
          json: { guardrail: id, verdict: 'ignored', reason },
          text: `${id} ignores it: ${reason}`,
        });
        return;
      }
      const { decision } = handled;
      print(session, command, {
        json: jsonOf(decision, guardrail),
        text: textOf(decision, session),
      });
      if (decision.verdict.verdict === 'violates') session.exit(1);
      if (decision.verdict.verdict === 'undetermined') session.exit(3);
    });

/** What an event names that no guardrail can judge is the mistake of whoever wrote the file. */
const asUserError = (file: string, error: unknown): never => {
  if (error instanceof UnjudgeableEvent)
    throw new UserError(`${file}: ${error.message}`, { cause: error });
  throw error;
};

function jsonIn(file: string): Json {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UserError(`${file} cannot be read`, { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError(`${file} is not JSON: ${(cause as Error).message}`, { cause });
  }
}

function stateIn(file: string): OfflineState {
  const state = jsonIn(file);
  if (!isObject(state)) throw new UserError(`${file} must be an object: operation id → answer`);
  return state;
}

function eventIn(file: string): TrailEvent {
  const found = jsonIn(file);
  try {
    return parseTrailEvent(JSON.stringify(enveloped(found)));
  } catch (error) {
    return asUserError(file, error);
  }
}

function jsonOf(decision: Decision, guardrail: AnyGuardrail): Json {
  const { verdict, mode, modeFrom, outcome, resource, planned } = decision;
  const iamOf = (id: string) =>
    guardrail.writes.find((operation) => operation.id === id)?.iam ?? [];
  const calls = planned.map(({ operation, on, input }) => ({
    operation,
    iam: iamOf(operation),
    on: on.arn,
    input,
  }));
  return JSON.parse(
    JSON.stringify({
      ...{ guardrail: guardrail.id, ...verdict, mode, modeFrom, outcome, resource, calls },
    }),
  );
}

function textOf(decision: Decision, session: Session): string {
  const { guardrail, verdict, mode, modeFrom, outcome, resource, planned } = decision;
  const style = paint(session, session.stdout);
  const colours = { complies: 'green', violates: 'red', undetermined: 'yellow' } as const;
  return [
    `${guardrail.id}  ${style(colours[verdict.verdict], verdict.verdict)}: ${verdict.reason}`,
    `resource  ${resource.arn} in ${resource.account} ${resource.region}`,
    `mode      ${mode} (${modeFrom}): ${outcome}`,
    ...planned.map(({ operation, input }) => `call      ${operation} ${JSON.stringify(input)}`),
    ...(planned.length === 0 ? ['calls     none'] : []),
  ].join('\n');
}
