import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { deploymentOf, loadConfiguration } from '#config';
import { replay as replayFiles } from '#replay';
import { guardrailNamed } from '../guardrail-named';
import { counted, print, tell } from '../output';
import { progressOn } from '../replay/progress';
import { replayedText } from '../replay/replayed-text';
import type { GlobalOptions, Verb } from '../session';

interface Options {
  readonly guardrails?: readonly string[];
  readonly since?: number;
  readonly until?: number;
  readonly account?: readonly string[];
  readonly region?: readonly string[];
  readonly jobs: number;
}

/** `parapet replay`: what the guardrails would have seen in a trail's history. */
export const replay: Verb = (session) =>
  new Command('replay')
    .summary('what the guardrails would have seen in a trail')
    .description(
      'Runs CloudTrail log files, events in their envelopes and answers of lookup-events through the guardrails: how often each would have been woken, by whom, and what an event alone convicts. What needs the state of a resource is told as not known. JSON, lists and NDJSON, plain or gzip. Modes do not matter. Accounts, Regions and settings come from the configuration, where there is one. Asks AWS nothing.',
    )
    .argument('<path...>', "files and folders; in the trail's own layout whole folders are skipped")
    .option('--guardrails <ids>', 'only these, by comma; may be given again', ids)
    .option('--since <time>', 'only calls of then and later, e.g. 2026-11-01, UTC', moment)
    .option('--until <time>', 'only calls before then', moment)
    .option('--account <ids>', 'only these accounts, by comma; may be given again', ids)
    .option('--region <names>', 'only these Regions, by comma; may be given again', ids)
    .option('--jobs <n>', 'threads', threads, availableParallelism())
    .addHelpText(
      'after',
      `
Examples:
  parapet replay AWSLogs
  parapet replay AWSLogs --since 2026-08-01 --until 2026-11-01 --account 444444444444
  parapet replay events.json --guardrails signin.root-login --json | jq '.rows'

Exit codes: 0 all was read, 2 usage, 3 some files could not be read.`,
    )
    .action(async (paths: readonly string[], _options, command: Command) => {
      const options = command.opts<Options>();
      const { config } = command.optsWithGlobals<GlobalOptions>();
      const isGiven = command.getOptionValueSourceWithGlobals('config') === 'cli';
      const deployment =
        isGiven || existsSync(config)
          ? deploymentOf(loadConfiguration(config, session.guardrails))
          : undefined;
      const guardrails =
        options.guardrails?.map((id) => guardrailNamed(session, id)) ?? session.guardrails;
      const progress = progressOn(session.stderr, () => Date.now());
      const done = await replayFiles({
        ...{ paths, guardrails, deployment, jobs: options.jobs, progress: progress.show },
        scope: {
          ...{ since: options.since, until: options.until },
          accounts: options.account && new Set(options.account),
          regions: options.region && new Set(options.region),
        },
      });
      progress.end();
      print(session, command, { json: done, text: replayedText(done) });
      if (done.broken.length === 0) return;
      tell(
        session,
        `${counted(done.broken.length, 'file')} could not be read: nothing of them counts.`,
      );
      session.exit(3);
    });

const ids = (text: string, before: readonly string[] = []): readonly string[] => [
  ...new Set([...before, ...text.split(',').map((id) => id.trim())]),
];

function moment(text: string): number {
  const at = Date.parse(text);
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(at))
    throw new InvalidArgumentError('It must be a date or a time, e.g. 2026-11-01T12:00:00Z.');
  return at;
}

function threads(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError('It must be a number from 1.');
  return Number(text);
}
