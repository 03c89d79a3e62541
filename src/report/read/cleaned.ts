import type { Outcome } from '#core';
import type { RowClass } from './columns';
import type { Ask } from './database';
import { quoted } from './parquet';
import type { Problem } from './problem';

/** The tables of a class: `<table>_loose`, rows as they came, and `<table>_solid`, compacted ones. */
export interface Tables {
  readonly ask: Ask;
  readonly rowClass: RowClass;
  /** File → name of its object. */
  readonly nameOf: ReadonlyMap<string, string>;
}

/** What can come of a decision; a row that says something else is none that this version knows. */
const OUTCOMES: Record<Outcome, true> = {
  ...{ nothing: true, observed: true, shadowed: true, repaired: true, partly: true },
  ...{ failed: true, held: true, waived: true, undetermined: true },
};

interface Wrong {
  /** A condition that only wrong rows meet. */
  readonly is: string;
  readonly what: string;
}

const known = Object.keys(OUTCOMES).map(quoted).join(', ');

const WRONG_DECISIONS: readonly Wrong[] = [
  {
    is: `(outcome NOT IN (${known}) OR came NOT IN (${known}))`,
    what: 'an outcome that is not known',
  },
  {
    is: `(outcome <> came AND outcome IN (${known}) AND came IN (${known})
      OR guardrail <> control OR NOT starts_with(finding, guardrail || ' '))`,
    what: 'it names two outcomes or two guardrails',
  },
];

/**
 * Takes rows that are none of their class out of the loose table, and tells how many of which
 * object. Compacted ones were checked when they were written.
 */
export async function withoutWrong(tables: Tables): Promise<readonly Problem[]> {
  const { ask, rowClass } = tables;
  const { table, columns } = rowClass;
  const missing = columns
    .filter(({ isRequired }) => isRequired)
    .map(({ name, path }) => ({ is: `${name} IS NULL`, what: `${path.join('.')} is missing` }));
  const wrongs = [...missing, ...(table === 'decisions' ? WRONG_DECISIONS : [])];
  const problems = await count(tables, wrongs);
  if (problems.length > 0)
    await ask(`DELETE FROM ${table}_loose WHERE ${wrongs.map(({ is }) => is).join(' OR ')}`);
  return problems;
}

async function count(
  { ask, nameOf, rowClass: { table } }: Tables,
  wrongs: readonly Wrong[],
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const { is, what } of wrongs) {
    const rows = await ask(
      `SELECT object, count(*) AS rows FROM ${table}_loose WHERE ${is} GROUP BY object`,
    );
    for (const row of rows) {
      const object = nameOf.get(String(row.object)) ?? String(row.object);
      problems.push({ object, kind: 'foreign', count: Number(row.rows), what });
    }
  }
  return problems;
}

/** Takes copies of a row out of the loose table, and tells how many each object held. */
export async function withoutCopies(tables: Tables): Promise<readonly Problem[]> {
  const { ask, rowClass, nameOf } = tables;
  const loose = `${rowClass.table}_loose`;
  const solid = `${rowClass.table}_solid`;
  const copied = `${rowClass.table}_copies`;
  const [span] = await ask(`SELECT min(moment) AS first, max(moment) AS last FROM ${loose}`);
  if (span?.first == null) return [];
  await ask(`CREATE TABLE ${copied} AS SELECT rowid AS copy FROM (
      SELECT rowid, row_number() OVER (PARTITION BY uid ORDER BY moment, object, rowid) AS number
      FROM ${loose}
    ) WHERE number > 1
    UNION SELECT rowid FROM ${loose} WHERE uid IN (
      SELECT uid FROM ${solid} WHERE moment BETWEEN ${span.first} AND ${span.last})`);
  const rows = await ask(`SELECT object, count(*) AS rows FROM ${loose}
    WHERE rowid IN (SELECT copy FROM ${copied}) GROUP BY object`);
  await ask(`DELETE FROM ${loose} WHERE rowid IN (SELECT copy FROM ${copied})`);
  return rows.map((row) => ({
    object: nameOf.get(String(row.object)) ?? String(row.object),
    kind: 'duplicate',
    count: Number(row.rows),
    what: 'rows that the lake holds already; each is counted once',
  }));
}
