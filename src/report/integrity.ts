import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { ReportInput } from './input';
import type { LakeObject } from './read/objects';
import { type Ruleset, rulesetOf } from './ruleset';

/** From what the report was made, so that others can tell whether they hold the same. */
export interface Integrity {
  readonly ruleset: Ruleset;
  /** SHA-256 over the text of `manifestText`. */
  readonly input: string;
  /** Objects that were read, by name. */
  readonly objects: readonly ObjectRow[];
}

export interface ObjectRow {
  readonly name: string;
  readonly bytes: number;
  /** Undefined for all where together they are too large to be hashed. */
  readonly sha256: string | undefined;
}

/** Objects of more bytes together are named with their sizes only: hashing would take too long. */
export const MOST_HASHED_BYTES = 512 * 1024 * 1024;

export async function integrityOf(
  objects: readonly LakeObject[],
  input: ReportInput,
  versions: Parameters<typeof rulesetOf>[1],
): Promise<Integrity> {
  const isHashed = objects.reduce((sum, { bytes }) => sum + bytes, 0) <= MOST_HASHED_BYTES;
  const rows: ObjectRow[] = [];
  for (const { name, bytes, file } of objects)
    rows.push({ name, bytes, sha256: isHashed ? await hashOf(file) : undefined });
  return {
    ruleset: rulesetOf(input, versions),
    input: createHash('sha256').update(manifestText(rows)).digest('hex'),
    objects: rows,
  };
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** As `sha256sum` writes it and checks it; with sizes where nothing was hashed. */
export const manifestText = (objects: readonly ObjectRow[]): string =>
  objects.map(({ name, bytes, sha256 }) => `${sha256 ?? bytes}  ${name}\n`).join('');
