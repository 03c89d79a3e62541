import { Command, InvalidArgumentError } from 'commander';
import { loadConfiguration } from '#config';
import type { Direction } from '../deploy/order';
import { deployStacks } from '../deploy/verb';
import type { GlobalOptions, Session, Verb } from '../session';

interface Options extends GlobalOptions {
  readonly stacks?: readonly string[];
  readonly parallel: number;
  readonly resume?: true;
  readonly autoApprove?: true;
  readonly plan?: true;
}

/** `parapet deploy`: the stacks of the configuration, in order. */
export const deploy: Verb = (session) =>
  command('deploy', session)
    .summary('deploy the stacks, after showing what would change')
    .description(
      'Synthesises the stacks, plans each with Terraform, prints what would change, asks, and applies exactly that: log-archive, security, the members, and the management stack after the management account’s own. One that fails does not stop the others, but what stands on it. With exit code 3 the stacks that failed or were left are named, and --resume goes on with them.',
    )
    .addHelpText(
      'after',
      `
Examples:
  parapet deploy                                   plan, ask, deploy
  parapet deploy --plan --json                     only what would change, for a pull request
  parapet deploy --auto-approve --parallel 8       in a pipeline
  parapet deploy --stacks log-archive security     these only; * stands for any characters
  parapet deploy --resume                          go on after a failure`,
    );

/** `parapet remove`: the way back. */
export const remove: Verb = (session) =>
  command('remove', session)
    .summary('remove the stacks, the other way round')
    .description(
      'Plans the removal of the stacks, prints it, asks, and removes them: management and members, then security, then log-archive. Buckets that still hold something, and evidence under Object Lock, are not removed: docs/deploy.md.',
    )
    .addHelpText(
      'after',
      `
Examples:
  parapet remove --stacks 'member-*'
  parapet remove --plan`,
    );

const command = (name: Direction, session: Session): Command =>
  new Command(name)
    .option('--stacks <names...>', 'only these stacks; * stands for any characters')
    .option('--parallel <count>', 'how many stacks at once', countOf, 4)
    .option('--resume', 'go on with what an earlier run did not do')
    .option('--plan', 'print what would change, and stop')
    .option('--auto-approve', 'do not ask')
    .action(async (_options, self: Command) => {
      const options = self.optsWithGlobals<Options>();
      const configuration = loadConfiguration(options.config, session.guardrails);
      await deployStacks(session, self, {
        ...{ configuration, direction: name, parallel: options.parallel },
        stacks: options.stacks ?? [],
        isResumed: options.resume === true,
        approval: options.plan ? 'never' : options.autoApprove ? 'given' : 'asked',
      });
    });

/** Each Terraform of many Regions takes gigabytes: more than 64 at once is a mistake. */
function countOf(text: string): number {
  if (/^[1-9]\d?$/.test(text) && Number(text) <= 64) return Number(text);
  throw new InvalidArgumentError('write a number from 1 to 64');
}
