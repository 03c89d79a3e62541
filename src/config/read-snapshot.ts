import { ConfigurationError, type Problem } from './errors';
import { textIn } from './file-text';
import { shape } from './shape';
import { type Snapshot, snapshotSchema } from './snapshot';
import { readSource, type Source } from './source';

export type SnapshotRead =
  | { readonly snapshot: Snapshot; readonly problems?: never }
  | { readonly snapshot?: never; readonly problems: readonly Problem[] };

const REMEDY = 'make the file again with `parapet org sync`';

/** Reads a snapshot's text; what is wrong with it is told with its place in that file. */
export function parseSnapshot(file: string, text: string): SnapshotRead {
  const quick = parsedQuickly(text);
  if (quick !== undefined) return { snapshot: quick };
  const source = readSource(file, text);
  if (source.value === undefined) return { problems: source.problems };
  const shaped = shape(source, snapshotSchema);
  if (!shaped.ok) return { problems: [...source.problems, ...shaped.problems] };
  const problems = [...source.problems, ...contradictions(source, shaped.value)];
  return problems.length > 0 ? { problems } : { snapshot: shaped.value };
}

/**
 * Reads a snapshot's file.
 * @throws ConfigurationError with every problem and its place.
 */
export function readSnapshot(file: string): Snapshot {
  const text = textIn(file, 'make it with `parapet org sync`');
  const { snapshot, problems } = parseSnapshot(file, text);
  if (snapshot === undefined) throw new ConfigurationError(problems);
  return snapshot;
}

/** Places cost time, and a snapshot of thousands of accounts is nearly always right. */
function parsedQuickly(text: string): Snapshot | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { data } = snapshotSchema.safeParse(value);
  return data !== undefined && [...contradictionsIn(data)].length === 0 ? data : undefined;
}

interface Contradiction {
  readonly path: readonly PropertyKey[];
  readonly problem: string;
}

const contradictions = (source: Source, snapshot: Snapshot): readonly Problem[] =>
  [...contradictionsIn(snapshot)].map(({ path, problem }) => source.atValue(path, problem, REMEDY));

function* contradictionsIn(snapshot: Snapshot): Generator<Contradiction> {
  const paths = new Set(['/']);
  for (const [i, { path }] of snapshot.organizationalUnits.entries()) {
    const at = ['organizationalUnits', i, 'path'];
    if (paths.has(path)) yield { path: at, problem: `the OU path ${path} stands twice` };
    paths.add(path);
  }
  const ids = new Set<string>();
  for (const [i, { id, ouPath }] of snapshot.accounts.entries()) {
    if (ids.has(id))
      yield { path: ['accounts', i, 'id'], problem: `the account ${id} stands twice` };
    if (!paths.has(ouPath))
      yield {
        path: ['accounts', i, 'ouPath'],
        problem: `the OU path ${ouPath} is not among the organizational units`,
      };
    ids.add(id);
  }
  if (!ids.has(snapshot.managementAccount))
    yield {
      path: ['managementAccount'],
      problem: `the management account ${snapshot.managementAccount} is not among the accounts`,
    };
}
