import { Command, InvalidArgumentError } from 'commander';
import { loadConfiguration } from '#config';
import { paint, print, tell } from '../output';
import { proofText, proveIn } from '../prove-in';
import type { GlobalOptions, Verb } from '../session';

interface Options extends GlobalOptions {
  readonly region?: string;
  readonly wait: number;
  readonly lake?: true;
}

/** The lake's stream gathers for five minutes at the most, then it writes. */
const LAKE_SECONDS = 420;

/** `parapet prove`: a harmless call, followed. */
export const prove: Verb = (session) =>
  new Command('prove')
    .summary('make a harmless call in an account and follow it')
    .description(
      'Makes an empty SQS queue parapet-proof-… in the account, follows the event of that call from the trail by rule and bus to log group, responder and lake, prints each hop with its time or where it was lost, and deletes the queue. CloudTrail’s own history is minutes behind the bus: a trail that was only passed is fine. Exit code 1 where it was lost.',
    )
    .argument('<account>', 'the id of the account')
    .option('--region <region>', 'the Region (default: the home Region)')
    .option('--wait <seconds>', 'how long at most', secondsOf, 60)
    .option('--lake', 'wait for the lake too, up to seven minutes')
    .addHelpText(
      'after',
      `
Examples:
  parapet prove 444444444444
  parapet prove 444444444444 --region eu-west-1 --lake
  parapet prove 444444444444 --json | jq .hops`,
    )
    .action(async (account: string, _options, command: Command) => {
      const { config, region, wait, lake } = command.optsWithGlobals<Options>();
      const configuration = loadConfiguration(config, session.guardrails);
      const where = region ?? configuration.regions.home;
      tell(session, `Making the queue in ${account}, ${where}, and following it…`);
      const proof = await proveIn(session, {
        ...{ configuration, account, region: where, seconds: wait },
        lakeSeconds: lake ? LAKE_SECONDS : 0,
        isResponderWaitedFor: true,
      });
      print(session, command, {
        json: proof,
        text: proofText(proof, paint(session, session.stdout)),
      });
      session.exit(proof.isProven ? 0 : 1);
    });

function secondsOf(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('write a number of seconds');
}
