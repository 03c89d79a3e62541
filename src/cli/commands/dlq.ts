import { Command } from 'commander';
import { loadConfiguration } from '#config';
import { awsOf } from '../aws-of';
import { destinationOf } from '../dead-letters/destination';
import { deadLetterQueues, type KnownQueue } from '../dead-letters/queues';
import { DeploymentRefused } from '../deploy/errors';
import { counted, print, table, tell } from '../output';
import type { GlobalOptions, Session, Verb } from '../session';

interface Options extends GlobalOptions {
  readonly account?: string;
  readonly queue?: string;
  readonly autoApprove?: true;
}

const AT_ONCE = 10;

/** `parapet dlq`: what could not be done, and trying it again. */
export const deadLetters: Verb = (session) =>
  new Command('dlq')
    .summary('what waits in dead-letter queues, and trying it again')
    .description('Dead-letter queues of all accounts and Regions, and the reject queue.')
    .addHelpText('after', '\nExamples:\n  parapet dlq list\n  parapet dlq redrive')
    .addCommand(list(session))
    .addCommand(redrive(session));

const choosing = (command: Command): Command =>
  command
    .option('--account <id>', 'only in this account')
    .option('--queue <name>', 'only queues of this name');

const list: Verb = (session) =>
  choosing(new Command('list'))
    .summary('list what waits, and why')
    .addHelpText(
      'after',
      '\nExamples:\n  parapet dlq list\n  parapet dlq list --account 444444444444 --json',
    )
    .action(async (_options, command: Command) => {
      const { queues, listed } = await waiting(session, command);
      const refused = listed.filter(({ kind }) => kind === 'refused').length;
      const rows = listed.flatMap((one) => {
        if (one.kind === 'none' || (one.kind === 'listed' && one.messages === 0)) return [];
        const what = one.kind === 'listed' ? String(one.messages) : `? (${one.because})`;
        const reasons = one.kind === 'listed' ? one.reasons.join(' | ') : '';
        return [[one.account, one.region, one.queue, what, reasons]];
      });
      print(session, command, {
        json: { queues: listed },
        text:
          rows.length === 0
            ? `Nothing waits in ${counted(queues.length, 'queue')}.`
            : table([['account', 'Region', 'queue', 'messages', 'reasons'], ...rows]),
      });
      session.exit(refused > 0 ? 3 : rows.length > 0 ? 1 : 0);
    });

const redrive: Verb = (session) =>
  choosing(new Command('redrive'))
    .summary('try again what waits')
    .description(
      'Shows what waits and asks. Dead letters of a responder go back to its queue by SQS itself; rejected events go to the responder that rejected them; what a member could not forward goes to the responders that judge it, but not to the lake or the SIEM, since the bus takes no event of AWS from anybody but AWS. An event that was decided before is not decided again.',
    )
    .option('--auto-approve', 'do not ask')
    .addHelpText(
      'after',
      '\nExamples:\n  parapet dlq redrive --queue parapet-rejects\n  parapet dlq redrive --auto-approve',
    )
    .action(async (_options, command: Command) => {
      const { partition, queues, listed, access, aws, home } = await waiting(session, command);
      const full = queues.filter((_, i) => {
        const one = listed[i];
        return one?.kind === 'listed' && one.messages > 0;
      });
      for (const one of listed)
        if (one.kind === 'listed' && one.messages > 0)
          tell(
            session,
            `${one.account} ${one.region} ${one.queue}: ${one.messages}: ${one.reasons.join(' | ')}`,
          );
      if (full.length > 0) await approve(session, command);
      const results = await aws.eachAtMost(AT_ONCE, full, async (queue) => {
        const { redrive: how } = queue;
        if (how.kind === 'by hand') return { ...queue, result: 'left: see docs/operations.md' };
        try {
          if (how.kind === 'move') {
            await aws.moveAll(queue, { partition, to: how.to }, access);
            return { ...queue, result: `moving to ${how.to}` };
          }
          const { guardrails } = session;
          const { sent, left } = await aws.sendOn(
            queue,
            (message) => destinationOf(message, queue, { guardrails, home }),
            access,
          );
          const stays = Object.entries(left).map(([why, count]) => `${count} left: ${why}`);
          return { ...queue, result: [`${sent} sent`, ...stays].join('; ') };
        } catch (error) {
          return { ...queue, result: `failed: ${error instanceof Error ? error.message : error}` };
        }
      });
      const rows = results.map(({ account, region, queue, result }) => [
        account,
        region,
        queue,
        result,
      ]);
      print(session, command, {
        json: { queues: results },
        text: rows.length === 0 ? 'Nothing waits.' : table(rows),
      });
      session.exit(results.some(({ result }) => result.startsWith('failed')) ? 3 : 0);
    });

async function approve(session: Session, command: Command): Promise<void> {
  if (command.optsWithGlobals<Options>().autoApprove) return;
  if (session.confirm === undefined)
    throw new DeploymentRefused('nobody can be asked here; run again with --auto-approve');
  if (!(await session.confirm('Try these again?')))
    throw new DeploymentRefused('not approved; nothing was changed');
}

async function waiting(session: Session, command: Command) {
  const { config, account, queue } = command.optsWithGlobals<Options>();
  const configuration = loadConfiguration(config, session.guardrails);
  const { partition, roles, accounts, regions, parts } = configuration;
  const queues: readonly KnownQueue[] = deadLetterQueues(configuration, session.guardrails).filter(
    (one) =>
      (account === undefined || one.account === account) &&
      (queue === undefined || one.queue === queue),
  );
  const aws = await awsOf(session);
  const access = aws.accountAccess({ partition, roles, accounts, region: regions.home });
  tell(session, `Looking into ${counted(queues.length, 'queue')}…`);
  const listed = await aws.eachAtMost(AT_ONCE, queues, ({ account: owner, region, queue: name }) =>
    aws.listDeadLetters({ account: owner, region, queue: name }, access),
  );
  const home = { account: parts.security, region: regions.home };
  return { partition, queues, listed, access, aws, home };
}
