import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type AccountKind, type AnyGuardrail, at, textAt } from '#core';
import { namedAccounts, parts } from './checks/accounts';
import type { Check } from './checks/draft';
import { neededSettings, oneModeForTheRoot, ouPaths } from './checks/guardrails';
import { policyTargets, quarantined } from './checks/organization-policies';
import { owners } from './checks/owners';
import { controlTowerRegion, neededRegions, regions } from './checks/regions';
import { secretPlaces } from './checks/secrets';
import { trail } from './checks/trail';
import type { Configuration, Unit } from './configuration';
import { ConfigurationError, type Problem } from './errors';
import { fileText, textIn } from './file-text';
import { modeEntries } from './modes';
import { outputsOf } from './outputs';
import { parseSnapshot, type SnapshotRead } from './read-snapshot';
import { configurationSchema, type Written } from './schema';
import { shape } from './shape';
import type { Snapshot } from './snapshot';
import { readSource, type Source } from './source';
import { warningsOf } from './warnings';

const CHECKS: readonly Check[] = [
  parts,
  namedAccounts,
  regions,
  neededRegions,
  ouPaths,
  oneModeForTheRoot,
  neededSettings,
  trail,
  policyTargets,
  quarantined,
  controlTowerRegion,
  owners,
  secretPlaces,
];

/**
 * Reads `parapet.yaml` and the snapshot it names, and checks the two against each other and against
 * the guardrails. Relative paths in the file are relative to it.
 * @throws ConfigurationError with all problems at once, in the order of their places.
 */
export function loadConfiguration(
  file: string,
  guardrails: readonly AnyGuardrail[],
): Configuration {
  const source = sourceOf(file);
  const shaped = shape(source, configurationSchema(guardrails));
  const read = readSnapshotOf(source);
  const draft = { source, guardrails, snapshot: read.snapshot };
  const problems = [
    ...source.problems,
    ...(shaped.ok ? [] : shaped.problems),
    ...(read.problems ?? []),
    ...CHECKS.flatMap((check) => check(draft)),
  ];
  if (!shaped.ok || read.snapshot === undefined || problems.length > 0)
    throw new ConfigurationError(inOrder(problems));
  const resolved = resolve(file, shaped.value, { snapshot: read.snapshot, guardrails });
  return { ...resolved, warnings: inOrder(warningsOf(source, read.snapshot, resolved)) };
}

/** The path of the snapshot that a `parapet.yaml` names, even where the rest of it is wrong. */
export function snapshotPath(file: string): string {
  const { text } = fileText(file);
  const named = text === undefined ? undefined : readSource(file, text).value;
  return join(dirname(file), textAt(named, 'organization') ?? 'organization.json');
}

function sourceOf(file: string): Source {
  const remedy = 'make one with `parapet init`, or name it with --config';
  const source = readSource(file, textIn(file, remedy));
  if (source.value === undefined) throw new ConfigurationError(source.problems);
  return source;
}

function readSnapshotOf(source: Source): SnapshotRead {
  const file = join(
    dirname(source.file),
    textAt(source.value, 'organization') ?? 'organization.json',
  );
  const { text, refused } = fileText(file);
  if (text !== undefined) return parseSnapshot(file, text);
  const remedy = 'make it with `parapet org sync`';
  return { problems: [source.atValue(['organization'], `${file} ${refused}`, remedy)] };
}

function resolve(
  file: string,
  written: Written,
  { snapshot, guardrails }: { snapshot: Snapshot; guardrails: readonly AnyGuardrail[] },
): Omit<Configuration, 'warnings'> {
  const { roles } = written.deployment;
  return {
    file,
    partition: written.partition,
    organization: { id: snapshot.id, rootId: snapshot.root.id },
    accounts: snapshot.accounts
      .filter(({ status }) => status === 'ACTIVE')
      .map(({ id, name, ouPath, regions: enabled }) => ({
        id,
        name,
        kind: kindOf(id, written.accounts),
        ouPath,
        regions: written.regions.governed.filter((region) => enabled.includes(region)),
      })),
    parts: written.accounts,
    regions: written.regions,
    roles: {
      management: roles.management,
      security: roles.security,
      'log-archive': roles.logArchive,
      member: roles.member,
    },
    state: written.state,
    trail: written.trail,
    retention: written.retention,
    organizationPolicies: {
      protect: unitsAt(snapshot, written.organizationPolicies.protect),
      quarantine: unitsAt(snapshot, written.organizationPolicies.quarantine),
    },
    ...(written.controlTower === undefined ? {} : { controlTower: written.controlTower }),
    forward: written.forward,
    ...(written.siem === undefined ? {} : { siem: written.siem }),
    ...(written.vending.deployer === undefined ? {} : { deployer: written.vending.deployer }),
    modes: modeEntries(z.record(z.string(), z.json()).parse(written.guardrails)),
    outputs: outputsOf(written),
    settings: Object.fromEntries(
      guardrails.map(({ id, settings }) => [
        id,
        z.json().parse(at(written.guardrails, id, 'settings') ?? settings.parse({})),
      ]),
    ),
  };
}

const unitsAt = ({ root, organizationalUnits }: Snapshot, paths: readonly string[]) =>
  [{ id: root.id, path: '/' }, ...organizationalUnits]
    .filter(({ path }) => paths.includes(path))
    .map(({ id, path }): Unit => ({ id, path }));

function kindOf(id: string, named: Written['accounts']): AccountKind {
  if (id === named.management) return 'management';
  if (id === named.security) return 'security';
  return id === named.logArchive ? 'log-archive' : 'member';
}

const inOrder = (problems: readonly Problem[]): readonly Problem[] =>
  problems.toSorted(
    (left, right) =>
      compare(left.file, right.file) || left.line - right.line || left.column - right.column,
  );

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
