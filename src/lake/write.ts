import type { LakeRow } from './rows';

/**
 * A row as one line of NDJSON, its line feed included. Half a surrogate pair, which JSON may carry
 * and readers of Parquet refuse, becomes U+FFFD.
 */
export function lineOf(row: LakeRow): string {
  const text = JSON.stringify(row);
  return `${text.includes('\\ud') ? JSON.stringify(row, wellFormed) : text}\n`;
}

export const linesOf = (rows: readonly LakeRow[]): string => rows.map(lineOf).join('');

const wellFormed = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? Buffer.from(value).toString() : value;
