import { Command } from 'commander';
import { print, tell } from '../output';
import type { GlobalOptions, Session, Verb } from '../session';

type Options = GlobalOptions & { readonly folder?: string; readonly strict?: true };

/** `parapet sandbox`: an organization on this machine, with everything deployed in it. */
export const sandbox: Verb = (session) =>
  new Command('sandbox')
    .summary('an organization on this machine, to try Parapet in')
    .description(
      'An organization in LocalEmu, an emulator of AWS on this machine, with all stacks deployed. No AWS account is needed or reached.',
    )
    .addHelpText('after', '\nExamples:\n  parapet sandbox up\n  parapet sandbox down')
    .addCommand(up(session))
    .addCommand(status(session))
    .addCommand(down(session));

const inFolder = (command: Command): Command =>
  command.option(
    '--folder <folder>',
    "where it keeps what is its own (default: the project's .sandbox)",
  );

const up = (session: Session): Command =>
  inFolder(new Command('up'))
    .summary('start it')
    .description(
      'Installs LocalEmu into a virtual environment of its own (once), starts it, makes the organization of the example or of --config, deploys all stacks and prints endpoint, accounts and names. It stays up until `parapet sandbox down`. Needs Python 3.13 and Terraform.',
    )
    .option('--strict', 'identity, trust and session policies bind those who call')
    .addHelpText(
      'after',
      `
Examples:
  parapet sandbox up
  parapet sandbox up --strict
  parapet sandbox up --config parapet.yaml     your own organization, modes and settings`,
    )
    .action(async (_options, command: Command) => {
      const { bringUp } = await import('#sandbox/up');
      const { config, folder, strict } = command.optsWithGlobals<Options>();
      const isNamed = command.parent?.parent?.getOptionValueSource('config') !== 'default';
      const made = await bringUp({
        folder,
        configuration: isNamed ? config : undefined,
        isStrict: strict === true,
        guardrails: session.guardrails,
        environment: session.environment,
        tell: (line) => tell(session, line),
      });
      // It is read by programs far more often than by people.
      print(session, command, { json: made, text: JSON.stringify(made, null, 2) });
      tell(session, 'Next: parapet sandbox down, when you are done');
    });

const status = (session: Session): Command =>
  inFolder(new Command('status'))
    .summary('tell whether it is up')
    .action(async (_options, command: Command) => {
      const [{ stateOf }, { placesIn }] = await Promise.all([
        import('#sandbox/record'),
        import('#sandbox/folder'),
      ]);
      const { folder } = command.optsWithGlobals<Options>();
      const found = stateOf(placesIn(folder));
      const where = found.state === 'up' ? ` at ${found.sandbox.endpoint}` : '';
      print(session, command, { json: found, text: `${found.state}${where}` });
    });

const down = (session: Session): Command =>
  inFolder(new Command('down'))
    .summary('end it')
    .action(async (_options, command: Command) => {
      const { takeDown } = await import('#sandbox/down');
      const { folder } = command.optsWithGlobals<Options>();
      const ended = await takeDown(folder);
      print(session, command, { json: { ended }, text: ended });
    });
