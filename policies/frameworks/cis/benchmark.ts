import type { Framework, Section } from '#core';
import { type Service, section } from '../section';
import { type SubjectName, subjects } from './subjects';

/** Sixteen monitoring controls, in the same order in every version. */
export const MONITORING: readonly SubjectName[] = [
  'watchUnauthorized',
  'watchNoMfa',
  'watchRoot',
  'watchIamPolicies',
  'watchTrail',
  'watchFailedSignIns',
  'watchKeys',
  'watchBuckets',
  'watchConfig',
  'watchSecurityGroups',
  'watchNetworkAcls',
  'watchGateways',
  'watchRoutes',
  'watchVpcs',
  'watchOrganizations',
  'securityHub',
];

/** A version of the benchmark: section title → id of the first control → it and those that follow. */
export const benchmark = (
  version: string,
  sections: Readonly<Record<string, Readonly<Record<string, readonly SubjectName[]>>>>,
): Framework => ({
  id: `cis-${version.replace(/\.0$/, '')}`,
  name: 'CIS AWS Foundations Benchmark',
  version,
  lists: 'Every control of the benchmark is listed, in our own words.',
  sections: Object.entries(sections).map(([title, parts]) => numbered(title, parts)),
});

const numbered = (
  title: string,
  parts: Readonly<Record<string, readonly SubjectName[]>>,
): Section =>
  section(
    title,
    ...Object.entries(parts).flatMap(([first, names]) =>
      names.map((name, index) => {
        const [words, ...services]: readonly [string, ...(readonly Service[])] = subjects[name];
        return [after(first, index), words, ...services] as const;
      }),
    ),
  );

/** `1.4` and 2 give `1.6`. */
const after = (first: string, index: number): string =>
  first.replace(/\d+$/, (last) => String(Number(last) + index));
