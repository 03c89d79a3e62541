import { Command } from 'commander';
import { factsOf, factsText } from '../guardrail-facts';
import { guardrailNamed } from '../guardrail-named';
import { paint, print, table } from '../output';
import type { Session, Verb } from '../session';

/** `parapet guardrails`: what there is, and what one of them does. */
export const guardrails: Verb = (session) =>
  new Command('guardrails')
    .summary('what the guardrails are')
    .description('What the guardrails are, and all about one of them.')
    .addHelpText(
      'after',
      `
Examples:
  parapet guardrails list
  parapet guardrails show s3.bucket-public`,
    )
    .addCommand(list(session))
    .addCommand(show(session));

const list: Verb = (session) =>
  new Command('list')
    .description('Lists the guardrails.')
    .addHelpText(
      'after',
      `
Examples:
  parapet guardrails list
  parapet guardrails list --json | jq -r '.[].id'`,
    )
    .action((_options, command: Command) => {
      const rows = inOrder(session).map(({ id, version, severity, title }) => ({
        id,
        version,
        severity,
        title,
      }));
      print(session, command, {
        json: rows,
        text: table(rows.map(({ id, severity, title }) => [id, severity, title])),
      });
    });

const show: Verb = (session) =>
  new Command('show')
    .description('Prints why a guardrail is there, what it sees, reads, writes and does not catch.')
    .argument('<id>', 'the guardrail, e.g. s3.bucket-public')
    .addHelpText(
      'after',
      `
Examples:
  parapet guardrails show s3.bucket-public
  parapet guardrails show signin.root-login --json`,
    )
    .action((id: string, _options, command: Command) => {
      const facts = factsOf(guardrailNamed(session, id));
      print(session, command, {
        json: facts,
        text: factsText(facts, paint(session, session.stdout)),
      });
    });

const inOrder = ({ guardrails: all }: Session) =>
  all.toSorted((left, right) => (left.id < right.id ? -1 : 1));
