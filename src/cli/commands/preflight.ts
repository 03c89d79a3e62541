import { Command } from 'commander';
import type { Finding } from '#aws/preflight/index';
import { loadConfiguration, readSnapshot, snapshotPath } from '#config';
import { awsOf } from '../aws-of';
import { counted, paint, print, tell } from '../output';
import { judgePolicies } from '../preflight/judge-policies';
import type { ExitCode, GlobalOptions, Session, Verb } from '../session';

/** `parapet preflight`: what would stand in the way of a deployment. */
export const preflight: Verb = (session) =>
  new Command('preflight')
    .summary('look for what would stand in the way of a deployment')
    .description(
      'Asks AWS, and changes nothing: trusted access, delegated administrators, whether the deployment can act in every account, the organization trail, enabled Regions, Lambda concurrency, the quota of rules, and service control policies that would bind the roles of Parapet. What could not be looked at is told with the permission it wants, and never counts as fine. Exit code 1 where something fails, 3 where something could not be looked at.',
    )
    .addHelpText(
      'after',
      `
Examples:
  AWS_PROFILE=management parapet preflight
  parapet preflight --json | jq '.findings[] | select(.level == "fail")'`,
    )
    .action(async (_options, command: Command) => {
      const { config } = command.optsWithGlobals<GlobalOptions>();
      const findings = await findingsOf(session, config);
      print(session, command, { json: { findings }, text: textOf(findings, session) });
      session.exit(exitOf(findings));
    });

async function findingsOf(session: Session, config: string): Promise<readonly Finding[]> {
  const configuration = loadConfiguration(config, session.guardrails);
  const aws = await awsOf(session);
  tell(session, 'Asking AWS…');
  const { partition, roles, regions } = configuration;
  return aws.preflight(
    {
      configuration,
      snapshot: readSnapshot(snapshotPath(config)),
      guardrails: session.guardrails,
      organization: aws.organizationClients(),
      access: aws.accountAccess({
        ...{ partition, roles, accounts: configuration.accounts, region: regions.home },
      }),
    },
    judgePolicies,
  );
}

const exitOf = (findings: readonly Finding[]): ExitCode => {
  if (findings.some(({ level }) => level === 'fail')) return 1;
  return findings.some(({ level }) => level === 'unknown') ? 3 : 0;
};

const MARKS = { ok: 'green', warn: 'yellow', fail: 'red', unknown: 'yellow' } as const;

function textOf(findings: readonly Finding[], session: Session): string {
  const style = paint(session, session.stdout);
  const lines = findings.flatMap(({ level, check, found, remedy }) => [
    `${style(MARKS[level], level.padEnd(7))}  ${check}: ${found}`,
    ...(remedy === undefined ? [] : [`         → ${remedy}`]),
  ]);
  const count = (level: Finding['level']) =>
    findings.filter((finding) => finding.level === level).length;
  return [
    ...lines,
    '',
    `${counted(count('fail'), 'failure')}, ${counted(count('warn'), 'warning')}, ${count('unknown')} not looked at.`,
  ].join('\n');
}
