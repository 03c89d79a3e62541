import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { loadConfiguration } from '#config';
import { UserError } from '#core';
import { buildApp } from '#stacks/app';
import { counted, paint, print, tell } from '../output';
import { type Checked, checkRules } from '../patterns/check-rules';
import { type FileFound, rulesIn } from '../patterns/rules-in';
import { testEventPattern } from '../patterns/test-event-pattern';
import type { GlobalOptions, Session, Verb } from '../session';

/** `parapet patterns`: event patterns, before they are deployed. */
export const patterns: Verb = (session) =>
  new Command('patterns')
    .summary('test and check event patterns before they are deployed')
    .description('Event patterns of EventBridge, tested and checked without AWS.')
    .addHelpText(
      'after',
      '\nExamples:\n  parapet patterns test --pattern pattern.json --event event.json\n  parapet patterns check cdktf.out',
    )
    .addCommand(test(session))
    .addCommand(check(session));

const test: Verb = (session) =>
  new Command('test')
    .summary('whether an event matches a pattern')
    .description(
      'Answers as TestEventPattern does, errors in the words of the service. Asks AWS nothing.',
    )
    .requiredOption('--pattern <file>', 'the event pattern, JSON; - for standard input')
    .requiredOption('--event <file>', 'the event in its envelope, JSON; - for standard input')
    .addHelpText(
      'after',
      `
Examples:
  parapet patterns test --pattern pattern.json --event event.json
  aws events describe-rule --name x --query EventPattern --output text |
    parapet patterns test --pattern - --event event.json

Exit code: 0 matches, 1 does not match, 2 refused or usage.`,
    )
    .action((options: { pattern: string; event: string }, command: Command) => {
      if (options.pattern === '-' && options.event === '-')
        throw new UserError('only one of --pattern and --event can be standard input');
      const answer = testEventPattern(
        textOf(session, options.pattern),
        textOf(session, options.event),
      );
      if ('Result' in answer) {
        print(session, command, { json: answer, text: `{"Result": ${answer.Result}}` });
        if (!answer.Result) session.exit(1);
        return;
      }
      if (command.optsWithGlobals<GlobalOptions>().json)
        print(session, command, { json: { error: answer }, text: '' });
      const red = paint(session, session.stderr);
      tell(session, `${red('red', 'error:')} ${answer.code}: ${answer.message}`);
      session.exit(2);
    });

function textOf(session: Session, file: string): string {
  try {
    if (file !== '-') return readFileSync(file, 'utf8');
    return session.readStdin?.() ?? readFileSync(process.stdin.fd, 'utf8');
  } catch (cause) {
    throw new UserError(`${file} cannot be read`, { cause });
  }
}

const check: Verb = (session) =>
  new Command('check')
    .summary('find patterns that can never match')
    .description(
      'Refuses event patterns that can never match an event of CloudTrail, or that EventBridge would refuse, each with the reason and what mends it. Without an argument: the rules of the deployment that the configuration describes. Asks AWS nothing.',
    )
    .argument(
      '[path]',
      "a pattern, a folder, Terraform's JSON (cdk.tf.json, terraform show -json), a CloudFormation template, or what DescribeRule or ListRules answers",
    )
    .addHelpText(
      'after',
      `
Examples:
  parapet patterns check
  parapet patterns check pattern.json
  parapet patterns check cdktf.out
  terraform show -json plan > plan.json && parapet patterns check plan.json --json

Exit code: 0 nothing speaks against them, 1 something can never match, 2 usage.`,
    )
    .action((given: string | undefined, _options, command: Command) => {
      const { config } = command.optsWithGlobals<GlobalOptions>();
      const files = given === undefined ? synthesised(session, config) : rulesIn(given);
      const checked = checkRules(files);
      if (checked.rules + checked.unchecked.length === 0)
        throw new UserError(`${given ?? config} holds no event pattern`);
      print(session, command, {
        json: { ok: checked.findings.length === 0, ...checked },
        text: reportOf(checked, session),
      });
      if (checked.findings.length > 0) session.exit(1);
    });

/** The rules of the deployment, synthesised into a folder that is gone afterwards. */
function synthesised(session: Session, config: string): readonly FileFound[] {
  const configuration = loadConfiguration(config, session.guardrails);
  const outdir = mkdtempSync(path.join(tmpdir(), 'parapet-patterns-'));
  try {
    buildApp(configuration, session.guardrails, { outdir }).synth();
    return rulesIn(outdir).map(({ file, ...found }) => ({
      file: path.relative(outdir, file),
      ...found,
    }));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function reportOf({ rules, findings, unchecked }: Checked, session: Session): string {
  const style = paint(session, session.stdout);
  const places = findings.map(({ file, address, at, reason, mend }) =>
    [
      [file, address, at].filter((part) => part !== '').join('  '),
      `  ${style('red', 'never:')} ${reason}`,
      `  ${style('green', 'mend:')}  ${mend}`,
    ].join('\n'),
  );
  const left = unchecked.map(
    ({ file, address, because }) =>
      `${[file, address].filter((part) => part !== '').join('  ')}: not checked, ${because}`,
  );
  const verdict =
    findings.length === 0
      ? `${counted(rules, 'pattern')} checked: nothing speaks against them.`
      : `${counted(rules, 'pattern')} checked: ${counted(findings.length, 'fault')} found.`;
  return [...places, ...left, verdict].join('\n');
}
