import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const GENERATORS = path.resolve('../shared/pattern-bench');
const EVENTS = '20000';

export interface Workload {
  readonly folder: string;
  readonly events: readonly Uint8Array[];
  patterns(set: string, count: number): readonly string[];
}

/** 20,000 events and the two sets of patterns: from a folder, else generated (seeded). */
export function workload(given: string | undefined): Workload {
  const folder = given ?? generated();
  const lines = (name: string) =>
    readFileSync(path.join(folder, `${name}.ndjson`), 'utf8')
      .trimEnd()
      .split('\n');
  return {
    folder,
    events: lines('events').map((line) => new Uint8Array(Buffer.from(line))),
    patterns: (set, count) => lines(set).slice(0, count),
  };
}

function generated(): string {
  if (!existsSync(GENERATORS))
    throw new Error(
      `${GENERATORS} is missing: name a folder with events, hit-heavy, selective.ndjson`,
    );
  const folder = mkdtempSync(path.join(tmpdir(), 'parapet-pattern-'));
  cpSync(GENERATORS, folder, { recursive: true });
  const python = (...parameters: readonly string[]) =>
    execFileSync('python3', parameters, { cwd: folder, stdio: 'ignore' });
  python('cloudtrail.py', EVENTS, 'events.ndjson', 'hit-heavy.ndjson');
  python('selective.py');
  return folder;
}
