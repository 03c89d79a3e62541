import { Command } from 'commander';
import {
  changesBetween,
  formatSnapshot,
  parseSnapshot,
  type Snapshot,
  snapshotPath,
  textOf,
} from '#config';
import { UserError } from '#core';
import { changesText } from '../changes-text';
import { writeAtomically } from '../files';
import { print, tell } from '../output';
import type { GlobalOptions, Session, Verb } from '../session';

/** `parapet org`: what concerns the organization as a whole. */
export const organization: Verb = (session) =>
  new Command('org')
    .summary('the snapshot of the organization')
    .description('The snapshot of the organization that everything else is made from.')
    .addHelpText('after', '\nExamples:\n  parapet org sync')
    .addCommand(sync(session));

const sync: Verb = (session) =>
  new Command('sync')
    .summary('read the organization from AWS and write the snapshot')
    .description(
      'Reads units, accounts and enabled Regions with your AWS credentials, writes the snapshot, and prints what changed. Changes nothing in AWS. Needs the management account or a delegated administrator, and trusted access for Account Management.',
    )
    .option('--out <file>', 'where to write (default: what parapet.yaml names as organization)')
    .addHelpText(
      'after',
      `
Examples:
  parapet org sync
  AWS_PROFILE=management parapet org sync
  parapet org sync --out organization.json --json`,
    )
    .action(async (_options, command: Command) => {
      const { config, out } = command.optsWithGlobals<GlobalOptions & { out?: string }>();
      const file = out ?? snapshotPath(config);
      const before = earlier(session, file);
      tell(session, 'Reading the organization…');
      const after = await session.readOrganization();
      if (before !== undefined && before.id !== after.id)
        throw new UserError(
          `${file} is of ${before.id}, but your credentials are of ${after.id}: use other credentials, or another file with --out`,
        );
      writeAtomically(file, formatSnapshot(after));
      const changes = changesBetween(before, after);
      print(session, command, {
        json: { file, organization: after.id, accounts: after.accounts.length, changes },
        text: changesText(file, after, changes),
      });
      tell(session, 'Next: parapet check');
    });

/** The snapshot that is there; one that cannot be read counts as none. */
function earlier(session: Session, file: string): Snapshot | undefined {
  const text = textOf(file);
  if (text === undefined) return undefined;
  const { snapshot } = parseSnapshot(file, text);
  if (snapshot === undefined) tell(session, `${file} cannot be read and is replaced.`);
  return snapshot;
}
