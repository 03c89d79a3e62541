import { Command } from 'commander';
import { print, tell } from '../output';
import type { GlobalOptions, Session, Verb } from '../session';
import { unvend as unvendAccount } from '../vending/unvend';
import { vend as vendAccount } from '../vending/vend';

interface Options extends GlobalOptions {
  readonly autoApprove?: true;
  readonly inRoot?: true;
  readonly proof: boolean;
  readonly wait: string;
}

/** `parapet vend`: the hook of whatever makes accounts. */
export const vend: Verb = (session) =>
  command('vend')
    .summary('enrol one account')
    .description(
      'Reads the account into the snapshot, plans and deploys its stack and no other, makes a harmless call in each of its governed Regions and waits until the bus has seen it. Prints JSON. Safe to repeat. Exit code 1 where the call was not seen, 2 where the account cannot be enrolled.',
    )
    .option('--in-root', 'allow an account that lies in no OU')
    .option('--no-proof', 'make no call')
    .option('--wait <seconds>', 'how long a call is waited for', '60')
    .addHelpText(
      'after',
      `
Examples:
  parapet vend 666666666666 --auto-approve         in the hook of Account Factory or Control Tower
  parapet vend 666666666666 --in-root --no-proof`,
    )
    .action(async (account: string, _options, self: Command) => {
      const { config, autoApprove, inRoot, proof, wait } = self.optsWithGlobals<Options>();
      const vended = await vendAccount(session, {
        ...{ config, account, approval: autoApprove ? 'given' : 'asked' },
        ...{ isRootAllowed: inRoot === true, isProofWanted: proof },
        proofSeconds: Number.parseInt(wait, 10) || 0,
      });
      printJson(session, self, vended);
      tell(session, 'Next: parapet deploy --stacks security, which tells the responders of it');
      const isFailed = vended.stack?.end === 'failed' || vended.stack?.end === 'left';
      session.exit(vended.isVended ? 0 : isFailed ? 3 : 1);
    });

/** `parapet unvend`: for departures. */
export const unvend: Verb = (session) =>
  command('unvend')
    .summary('take one account out')
    .description(
      'Plans and removes the stack of an account before it leaves; of one that has left or is suspended it only puts the snapshot right. Prints JSON. Safe to repeat.',
    )
    .addHelpText('after', '\nExamples:\n  parapet unvend 666666666666 --auto-approve')
    .action(async (account: string, _options, self: Command) => {
      const { config, autoApprove } = self.optsWithGlobals<Options>();
      const approval = autoApprove ? 'given' : 'asked';
      const unvended = await unvendAccount(session, { config, account, approval });
      printJson(session, self, unvended);
      tell(session, 'Next: close or move the account, then parapet org sync');
      session.exit(unvended.isUnvended ? 0 : 3);
    });

const command = (name: string): Command =>
  new Command(name)
    .argument('<account>', 'the id of the account')
    .option('--auto-approve', 'do not ask');

/** It is read by pipelines far more often than by people. */
const printJson = (session: Session, self: Command, data: object): void =>
  print(session, self, { json: data, text: JSON.stringify(data, null, 2) });
