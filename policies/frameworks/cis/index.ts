import type { Framework } from '#core';
import { section } from '../section';
import { controls } from './controls';

const SECTIONS = ['Identity and access', 'Storage', 'Logging', 'Monitoring', 'Network'];

/** The column of a version's numbers, and the number of its first section. */
const VERSIONS = [
  { version: '3.0.0', column: 0, first: 1 },
  { version: '5.0.0', column: 1, first: 1 },
  { version: '7.0.0', column: 2, first: 2 },
] as const;

/** The CIS AWS Foundations Benchmarks. */
export const cis: readonly Framework[] = VERSIONS.map(({ version, column, first }) => {
  const own = controls
    .map(([numbers, ...rest]) => [numbers[column], ...rest] as const)
    .filter(([id]) => id !== '')
    .toSorted(([one], [other]) => one.localeCompare(other, 'en', { numeric: true }));
  return {
    id: `cis-${version.replace(/\.0$/, '')}`,
    name: 'CIS AWS Foundations Benchmark',
    version,
    lists: 'Every control of the benchmark is listed, in our own words.',
    sections: SECTIONS.map((title, index) =>
      section(title, ...own.filter(([id]) => id.startsWith(`${first + index}.`))),
    ),
  };
});
