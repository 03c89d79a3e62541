import path from 'node:path';
import { Command } from 'commander';
import { bodyOf } from '#engine';
import type { StepResult } from '#twin';
import { writeDemo } from '../demo/files';
import { runDemo } from '../demo/run';
import { summaryOf } from '../demo/summary';
import { stepText } from '../demo/timeline';
import { counted, print, tell } from '../output';
import { packageFolder } from '../package-folder';
import type { GlobalOptions, Verb } from '../session';

interface Options {
  readonly scenario?: string;
  readonly out: string;
}

/** `parapet demo`: an organization is attacked, judged and mended, in the twin. */
export const demo: Verb = (session) =>
  new Command('demo')
    .summary('see an organization attacked, judged and mended, without any account')
    .description(
      'Synthesises the deployment of an example organization, stands up its twin and runs an attack through it. Asks AWS nothing; seconds are those of a virtual clock.',
    )
    .option('--scenario <file>', "what happens (default: the example's)")
    .option('--out <folder>', 'where decisions and page are written', '.parapet/demo')
    .addHelpText(
      'after',
      `
Examples:
  parapet demo
  parapet demo --json | jq '.steps[].decisions[].outcome'
  parapet demo --config parapet.yaml --scenario attack.yaml     your own organization`,
    )
    .action(async ({ scenario, out }: Options, command: Command) => {
      const examples = path.join(packageFolder(), 'examples');
      const isGiven = command.getOptionValueSourceWithGlobals('config') === 'cli';
      const shown = await runDemo({
        config: isGiven
          ? command.optsWithGlobals<GlobalOptions>().config
          : path.join(examples, 'parapet.yaml'),
        scenario: scenario ?? path.join(examples, 'scenario.yaml'),
        outdir: path.resolve(out, 'cdktf.out'),
        guardrails: session.guardrails,
        tell: (line) => tell(session, line),
      });
      const files = await writeDemo(shown, out, session.guardrails);
      const summary = summaryOf(shown);
      const steps = shown.steps.map(stepJson);
      print(session, command, {
        json: { title: shown.title, summary, files, steps },
        text: [
          ...shown.steps.map((step, i) => stepText(step, i + 1, session)),
          '',
          summaryText(summary),
          `decisions: ${files.decisions}`,
          `lake:      ${files.lake}`,
          `page:      ${files.page}`,
        ].join('\n'),
      });
      if (summary.notAsExpected > 0) session.exit(3);
    });

const stepJson = ({ step, at, journeys, decisions, stopped, unmet }: StepResult) => ({
  name: step.name,
  at,
  decisions: decisions.map(bodyOf),
  ...(stopped === undefined ? {} : { stopped }),
  ...(unmet.length === 0 ? {} : { unmet }),
  hops: journeys.flatMap(({ hops }) => hops),
});

function summaryText(summary: ReturnType<typeof summaryOf>): string {
  const { steps, decisions, byOutcome, callsMade, stopped, medianSecondsToRepair } = summary;
  const outcomes = Object.entries(byOutcome).map(([outcome, count]) => `${count} ${outcome}`);
  return [
    `${counted(steps, 'step')}, ${counted(decisions, 'decision')}: ${outcomes.join(', ')}.`,
    `${counted(callsMade, 'call')} made; ${stopped} events stopped on their way; median ${medianSecondsToRepair.toFixed(1)} s from call to repair (virtual clock).`,
    summary.notAsExpected === 0
      ? 'All is as the scenario expects.'
      : `${counted(summary.notAsExpected, 'thing')} NOT as the scenario expects.`,
  ].join('\n');
}
