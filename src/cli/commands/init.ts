import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { jsonSchema } from '#config';
import { UserError } from '#core';
import { print, tell } from '../output';
import { packageFolder } from '../package-folder';
import type { GlobalOptions, Verb } from '../session';

const SCHEMA = 'parapet.schema.json';

/** `parapet init`: the annotated example becomes the user's own configuration. */
export const init: Verb = (session) =>
  new Command('init')
    .summary('write an annotated parapet.yaml to start from')
    .description(
      `Writes an annotated parapet.yaml, and ${SCHEMA} beside it for the editor. Nothing that exists is overwritten without --force.`,
    )
    .option('--force', 'overwrite what is there')
    .addHelpText(
      'after',
      `
Examples:
  parapet init
  parapet init --config staging/parapet.yaml
  parapet init --force`,
    )
    .action((_options, command: Command) => {
      const { config, force } = command.optsWithGlobals<GlobalOptions & { force?: true }>();
      const schemaFile = join(dirname(config), SCHEMA);
      if (existsSync(config) && !force)
        throw new UserError(`${config} exists already; overwrite it with --force`);
      const example = readFileSync(join(packageFolder(), 'examples', 'parapet.yaml'), 'utf8');
      writeFileSync(config, example.replace(`$schema=../${SCHEMA}`, `$schema=./${SCHEMA}`));
      const isSchemaWritten = force || !existsSync(schemaFile);
      if (isSchemaWritten)
        writeFileSync(schemaFile, `${JSON.stringify(jsonSchema(session.guardrails), null, 2)}\n`);
      const written = [config, ...(isSchemaWritten ? [schemaFile] : [])];
      print(session, command, { json: { written }, text: `wrote ${written.join(' and ')}` });
      tell(session, 'Next: write your account ids, Regions and OUs into it, then run');
      tell(session, '  parapet org sync   with credentials of the management account');
      tell(session, '  parapet check');
    });
