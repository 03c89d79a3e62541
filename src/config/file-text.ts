import { readFileSync } from 'node:fs';
import { UserError } from '#core';
import { ConfigurationError } from './errors';

export type FileText =
  | { readonly text: string; readonly refused?: never }
  | { readonly text?: never; readonly refused: string };

/** The text of a file, or why there is none: "does not exist" or the system's own code. */
export function fileText(file: string): FileText {
  try {
    return { text: readFileSync(file, 'utf8') };
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === undefined) throw cause;
    return { refused: code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})` };
  }
}

/** The text of a file, or undefined where there is none. */
export function textOf(file: string): string | undefined {
  const { text, refused } = fileText(file);
  if (text === undefined && refused !== 'does not exist') throw new UserError(`${file} ${refused}`);
  return text;
}

/**
 * The text of a file that must be there.
 * @throws ConfigurationError with what to do about it.
 */
export function textIn(file: string, remedy: string): string {
  const { text, refused } = fileText(file);
  if (text !== undefined) return text;
  const problem = `the file ${refused}`;
  throw new ConfigurationError([{ file, line: 1, column: 1, problem, remedy }]);
}
