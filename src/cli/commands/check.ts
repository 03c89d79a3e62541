import { Command } from 'commander';
import { type Configuration, deploymentOf, loadConfiguration, sentence } from '#config';
import { type AccountKind, type AnyGuardrail, type Mode, modeOf } from '#core';
import { counted, paint, print, table, tell } from '../output';
import type { GlobalOptions, Verb } from '../session';

/** `parapet check`: the configuration is right, or all that is wrong with it. */
export const check: Verb = (session) =>
  new Command('check')
    .summary('check the configuration and print what it means')
    .description(
      'Checks parapet.yaml and the snapshot of the organization, and prints every problem with its place, or a summary. Asks AWS nothing.',
    )
    .addHelpText(
      'after',
      `
Examples:
  parapet check
  parapet check --config examples/parapet.yaml
  parapet check --json | jq .guardrails`,
    )
    .action((_options, command: Command) => {
      const { config } = command.optsWithGlobals<GlobalOptions>();
      const configuration = loadConfiguration(config, session.guardrails);
      const style = paint(session, session.stderr);
      for (const warning of configuration.warnings)
        tell(session, `${style('yellow', 'warning:')} ${sentence(warning)}`);
      const summary = summaryOf(configuration, session.guardrails);
      print(session, command, { json: summary, text: textOf(summary) });
    });

/** What the configuration means, in numbers. */
function summaryOf(configuration: Configuration, guardrails: readonly AnyGuardrail[]) {
  const { file, organization, accounts, regions, warnings } = configuration;
  const deployment = deploymentOf(configuration);
  const kinds: readonly AccountKind[] = ['management', 'security', 'log-archive', 'member'];
  return {
    ok: true,
    file,
    organization: organization.id,
    accounts: countBy(
      kinds,
      accounts.map(({ kind }) => kind),
    ),
    regions,
    guardrails: guardrails.map(({ id, severity }) => {
      const modes: readonly Mode[] = ['off', 'observe', 'shadow', 'enforce'];
      const used = accounts.map((account) => modeOf(deployment, id, account).mode);
      return { id, severity, accountsByMode: countBy(modes, used) };
    }),
    warnings,
  };
}

const countBy = <K extends string>(keys: readonly K[], values: readonly K[]) =>
  Object.fromEntries(
    keys.map((key) => [key, values.filter((value) => value === key).length]),
  ) as Readonly<Record<K, number>>;

function textOf(summary: ReturnType<typeof summaryOf>): string {
  const { file, organization, accounts, regions, guardrails, warnings } = summary;
  const total = Object.values(accounts).reduce((sum, count) => sum + count, 0);
  const rows = guardrails.map(({ id, accountsByMode }) => [
    id,
    ...Object.values(accountsByMode).map((count) => (count === 0 ? '-' : String(count))),
  ]);
  return [
    `${file} is right${warnings.length > 0 ? `, with ${counted(warnings.length, 'warning')}` : ''}.`,
    '',
    `organization  ${organization}`,
    `accounts      ${total}: ${Object.entries(accounts)
      .map(([kind, count]) => `${count} ${kind}`)
      .join(', ')}`,
    `home          ${regions.home}`,
    `governed      ${regions.governed.join(', ')}`,
    '',
    table([['accounts by mode', 'off', 'observe', 'shadow', 'enforce'], ...rows]),
  ].join('\n');
}
