import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

/** What AWS, event-ruler or the suites of both say about a pattern, and an event with it. */
export interface RecordedCase {
  readonly kind: string;
  readonly pattern: string;
  readonly event?: string;
  readonly match?: boolean;
  /** The answer for a parsed event, where it differs. */
  readonly nodeMatch?: boolean;
  readonly error?: string;
  readonly errorRaw?: string;
  readonly lexical?: boolean;
  readonly complexity?: number;
}

export interface CaseFile {
  readonly name: string;
  readonly cases: readonly RecordedCase[];
}

const SHARED = path.resolve(__dirname, '../../../shared/eventbridge');

/** All recorded cases where they are at hand, else the small set the repository carries. */
export function recordedCases(): readonly CaseFile[] {
  if (existsSync(SHARED))
    return ['generated', 'recorded-and-ported'].map((name) => ({
      name,
      cases: parse(gunzipSync(readFileSync(path.join(SHARED, `${name}.ndjson.gz`))).toString()),
    }));
  console.warn(`${SHARED} is missing: only the carried cases are run, not all 19,772`);
  return [carriedCases()];
}

export const carriedCases = (): CaseFile => ({
  name: 'carried',
  cases: parse(readFileSync(path.join(__dirname, 'fixtures/cases.ndjson'), 'utf8')),
});

/** The cases of a file by their kind. */
export function byKind({ cases }: CaseFile): ReadonlyMap<string, readonly RecordedCase[]> {
  const kinds = new Map<string, readonly RecordedCase[]>();
  for (const kind of new Set(cases.map((one) => one.kind)))
    kinds.set(
      kind,
      cases.filter((one) => one.kind === kind),
    );
  return kinds;
}

const parse = (text: string): readonly RecordedCase[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RecordedCase);
