import { statSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { UserError } from '#core';
import { compactedText } from '../lake/compacted-text';
import { print, tell } from '../output';
import type { Session, Verb } from '../session';

interface Options {
  readonly lake: string;
  readonly day?: readonly string[];
  readonly out?: string;
  readonly keep?: true;
  readonly acceptRefused?: true;
  readonly memory: string;
}

/** `parapet lake`: the care of the data lake. */
export const lake: Verb = (session) =>
  new Command('lake')
    .summary('the data lake')
    .description('The data lake: decisions and API calls, as OCSF rows.')
    .addHelpText(
      'after',
      '\nExamples:\n  parapet lake compact --lake s3://parapet-lake-333333333333-us-east-1',
    )
    .addCommand(compactVerb(session));

const compactVerb = (session: Session): Command =>
  new Command('compact')
    .summary('make one Parquet file a day of many small objects')
    .description(
      'Makes one Parquet file a class and day (zstd, no row twice) of all objects in a lake: NDJSON, plain or gzip, and Parquet. Every object or line that is no row of the lake is named, and its object stays where it is. The inputs that are wholly in the files are removed, but with --out or --keep. Safe to repeat and to interrupt.',
    )
    .requiredOption('--lake <folder|s3://…>', 'the lake: where class=…/event_day=…/ lie')
    .option('--day <YYYYMMDD>', "only this day's folders; may be given again", days)
    .option('--out <folder>', 'write the files there, and leave the lake as it is')
    .option('--keep', 'leave the inputs where they are')
    .option('--accept-refused', 'exit with 0 although something was refused')
    .option('--memory <size>', "DuckDB's memory, e.g. 512MB or 4GB", memory, '1GB')
    .addHelpText(
      'after',
      `
Examples:
  parapet lake compact --lake ./lake
  parapet lake compact --lake s3://parapet-lake-333333333333-us-east-1 --day 20261120
  parapet lake compact --lake ./lake --out ./compacted --json | jq '.refused'

Exit codes: 0 all was read, 2 usage, 3 something was refused or failed.`,
    )
    .action(async (_options, command: Command) => {
      const options = command.opts<Options>();
      const done = await compacted(options, session);
      print(session, command, { json: done, text: compactedText(done) });
      if (done.refused.length === 0) return;
      tell(session, 'What was refused is not in the files, and reports made from them lack it.');
      if (!options.acceptRefused) session.exit(3);
    });

type CompactBucket = typeof import('../lake/compact-bucket');

/** DuckDB takes a third of a second to load: only this verb pays for it. */
async function compacted({ lake: where, day, out, keep, memory: size }: Options, session: Session) {
  const options = {
    memory: size,
    ...(day === undefined ? {} : { days: new Set(day) }),
    ...(keep ? { keep } : {}),
  };
  tell(session, `Compacting ${where} …`);
  if (where.startsWith('s3://')) {
    if (out !== undefined)
      throw new UserError('--out is for a lake in a folder: copy it with aws s3 sync first');
    const { lakeBucket } = require('#aws/lake') as typeof import('#aws/lake');
    const { compactBucket } = require('../lake/compact-bucket') as CompactBucket;
    return compactBucket(lakeBucket(where), options);
  }
  if (!statSync(where, { throwIfNoEntry: false })?.isDirectory())
    throw new UserError(`${where} is no folder`);
  const { compact } = require('#lake/compact/index') as typeof import('#lake/compact/index');
  return compact({ ...options, lake: where, ...(out === undefined ? {} : { out }) });
}

/** A day of the calendar, gathered. */
function days(text: string, before: readonly string[] = []): readonly string[] {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? [];
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.getUTCDate() !== Number(day))
    throw new InvalidArgumentError('a day is like 20261121.');
  return [...before, text];
}

function memory(text: string): string {
  if (!/^[1-9]\d{0,5}(MB|GB)$/.test(text))
    throw new InvalidArgumentError('a size is like 512MB or 4GB.');
  return text;
}
