import type { Command } from 'commander';
import type { GlobalOptions, Session, World, Writer } from './session';

const STYLES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;

/** Colours on a terminal only, and never against NO_COLOR (https://no-color.org). */
export function paint(
  { environment }: Pick<World, 'environment'>,
  writer: Writer,
): (style: keyof typeof STYLES, text: string) => string {
  const isPlain = !writer.isTTY || (environment.NO_COLOR ?? '') !== '';
  return (style, text) => (isPlain ? text : `\u001b[${STYLES[style]}m${text}\u001b[0m`);
}

/** Writes a verb's data to stdout: as JSON with --json, else for people. */
export function print(
  session: Session,
  command: Command,
  data: { readonly json: unknown; readonly text: string },
): void {
  const isJson = command.optsWithGlobals<GlobalOptions>().json === true;
  const text = isJson ? JSON.stringify(data.json, null, 2) : data.text;
  session.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Writes a line of talk to stderr. */
export const tell = ({ stderr }: Pick<World, 'stderr'>, line: string): void => {
  stderr.write(`${line}\n`);
};

/** Rows in columns as wide as their widest cell; the last column is not padded. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** `1 account`, `2 accounts`. */
export const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;
