import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '#core';
import { mayHold, type Scope } from './scope';

const IS_LOG = /\.(json|ndjson|jsonl)(\.gz)?$/;

/**
 * The files of some paths, one by one: a folder is never listed whole. A file that is named is read
 * whatever its name; in folders only `.json`, `.ndjson` and `.jsonl`, with or without `.gz`. Links
 * in folders are not followed.
 * @throws UserError where a path does not exist.
 */
export async function* filesIn(
  given: readonly string[],
  scope: Scope,
  skip: () => void,
): AsyncGenerator<string> {
  for (const one of given) {
    const found = await stat(one).catch((cause) => {
      throw new UserError(`${one} cannot be read`, { cause });
    });
    if (found.isDirectory()) yield* filesBelow(one, scope, skip);
    else yield one;
  }
}

async function* filesBelow(folder: string, scope: Scope, skip: () => void): AsyncGenerator<string> {
  for await (const entry of await opendir(folder)) {
    const here = path.join(folder, entry.name);
    const isWanted =
      !entry.name.startsWith('.') &&
      (entry.isDirectory() || (entry.isFile() && IS_LOG.test(entry.name))) &&
      mayHold(path.resolve(here).split(path.sep).join('/'), scope);
    if (!isWanted) skip();
    else if (entry.isDirectory()) yield* filesBelow(here, scope, skip);
    else yield here;
  }
}
