import type { z } from 'zod';
import type { Json } from '#core';
import type { Problem } from './errors';
import { closedJsonSchema } from './json-schema';
import type { Path, Source } from './source';
import { unknownKeys } from './unknown-keys';

export type Shaped<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Parses a source by a schema whose messages say what would be right; each issue gets its place. */
export function shape<T>(source: Source, schema: z.ZodType<T>): Shaped<T> {
  const strangers = unknownKeys(source, closedJsonSchema(schema));
  const parsed = schema.safeParse(source.value);
  const issues = parsed.success ? [] : parsed.error.issues;
  const problems = [
    ...strangers,
    ...issues
      .filter((issue) => issue.code !== 'unrecognized_keys')
      .map((issue) => problemOf(source, issue))
      .filter((problem) => !isToldBySyntax(source, problem)),
  ];
  if (!parsed.success || problems.length > 0) return { ok: false, problems };
  return { ok: true, value: parsed.data };
}

function problemOf(source: Source, issue: z.core.$ZodIssue): Problem {
  if (issue.code === 'invalid_key')
    return source.atKey(
      issue.path,
      `the key "${String(issue.path.at(-1))}" is not right here`,
      issue.issues[0]?.message ?? issue.message,
    );
  const name = dotted(issue.path);
  const value = valueAt(source.value, issue.path);
  if (value === undefined) return source.atValue(issue.path, `${name} is missing`, issue.message);
  const written = source.written(issue.path);
  if (typeof value === 'number' && written !== undefined && /^\d{12}$/.test(written))
    return source.atValue(
      issue.path,
      `${name} is the number ${written}, which loses leading zeros`,
      `put it in quotes: '${written}'`,
    );
  return source.atValue(issue.path, `${name} is ${kindOf(value, written)}`, remedyOf(issue));
}

const isToldBySyntax = ({ problems }: Source, { line, column }: Problem): boolean =>
  problems.some((told) => told.line === line && told.column === column);

/** Zod's own sentences begin with what the problem says already. */
const remedyOf = ({ message }: z.core.$ZodIssue): string => message.replace(/^Invalid input: /, '');

const dotted = (path: Path): string =>
  path.length === 0 ? 'the file' : path.map(String).join('.');

/** The value at a path of keys and indexes, own properties only. */
function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (here, step) =>
      typeof here === 'object' && here !== null && Object.hasOwn(here, step)
        ? (here as Record<PropertyKey, Json>)[step]
        : undefined,
    value,
  );
}

function kindOf(value: unknown, written: string | undefined): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a mapping';
  return typeof value === 'string' ? `"${value}"` : `the ${typeof value} ${written ?? value}`;
}
