import { Command } from 'commander';
import { check } from './commands/check';
import { demo } from './commands/demo';
import { deploy, remove } from './commands/deploy';
import { deadLetters } from './commands/dlq';
import { guardrails } from './commands/guardrails';
import { init } from './commands/init';
import { judge } from './commands/judge';
import { lake } from './commands/lake';
import { organization } from './commands/org';
import { patterns } from './commands/patterns';
import { preflight } from './commands/preflight';
import { prove } from './commands/prove';
import { replay } from './commands/replay';
import { report } from './commands/report';
import { sandbox } from './commands/sandbox';
import { unvend, vend } from './commands/vend';
import { tellFailure } from './failure';
import { packageVersion } from './package-folder';
import type { ExitCode, Session, Verb, World } from './session';

/** In the order of the help. */
const VERBS: readonly Verb[] = [
  init,
  organization,
  check,
  guardrails,
  judge,
  replay,
  patterns,
  preflight,
  deploy,
  remove,
  prove,
  vend,
  unvend,
  deadLetters,
  demo,
  lake,
  report,
  sandbox,
];

/** Runs one command line (without `node` and the script) and gives its exit code; never throws. */
export async function run(argv: readonly string[], world: World): Promise<ExitCode> {
  let code: ExitCode = 0;
  const exit = (chosen: ExitCode) => {
    code = chosen;
  };
  try {
    await programOf({ ...world, exit }).parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    return tellFailure(world, error, argv.includes('--json'));
  }
}

function programOf(session: Session): Command {
  const program = new Command('parapet')
    .description('Guardrails for a whole AWS Organization.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .option('--config <file>', 'the configuration', 'parapet.yaml')
    .option('--json', 'data as JSON')
    .helpOption('-h, --help', 'print this help')
    .addHelpText(
      'after',
      `
Examples:
  parapet init                      start in the current folder
  parapet org sync                  read the organization with your AWS credentials
  parapet check                     check the configuration
  parapet deploy --plan             what a deployment would change

Exit codes: 0 fine, 1 violations found, 2 usage or configuration, 3 failed.
Data goes to stdout, talk to stderr. NO_COLOR is respected.`,
    );
  for (const verb of VERBS) program.addCommand(verb(session));
  return withoutExits(program, session);
}

/** Commander's settings are not inherited by commands that are added whole. */
function withoutExits(command: Command, session: Session): Command {
  command
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => session.stdout.write(text),
      writeErr: (text) => session.stderr.write(text),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  for (const inner of command.commands) withoutExits(inner, session);
  return command;
}
