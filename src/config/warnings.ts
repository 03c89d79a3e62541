import { modeOf } from '#core';
import type { Configuration } from './configuration';
import type { Problem } from './errors';
import type { Snapshot } from './snapshot';
import type { Source } from './source';

type Resolved = Omit<Configuration, 'warnings'>;

/** What is allowed but should be known, each at its place in `parapet.yaml`. */
export const warningsOf = (
  source: Source,
  snapshot: Snapshot,
  resolved: Resolved,
): readonly Problem[] => [
  ...governedButOff(source, snapshot, resolved),
  ...enabledButBlind(source, snapshot, resolved),
  ...inactive(source, snapshot, resolved),
  ...capped(source, resolved),
  ...withoutTrail(source, resolved),
  ...locked(source, resolved),
];

const governed = ['regions', 'governed'];

const active = (snapshot: Snapshot) =>
  snapshot.accounts.filter(({ status }) => status === 'ACTIVE');

function governedButOff(source: Source, snapshot: Snapshot, { regions }: Resolved) {
  return regions.governed.flatMap((region, i) => {
    const off = active(snapshot).filter((account) => !account.regions.includes(region));
    if (off.length === 0) return [];
    return [
      source.atValue(
        [...governed, i],
        `${region} is governed but not enabled in ${listed(off.map(({ id }) => id))}`,
        'nothing is deployed there; enable the Region and run `parapet org sync`, or leave it',
      ),
    ];
  });
}

function enabledButBlind(source: Source, snapshot: Snapshot, { regions }: Resolved) {
  const enabled = new Set(active(snapshot).flatMap((account) => account.regions));
  const blind = [...enabled].filter((region) => !regions.governed.includes(region)).toSorted();
  if (blind.length === 0) return [];
  return [
    source.atKey(
      governed,
      `enabled in the organization but not governed: ${blind.join(', ')}`,
      'nothing done there is seen; govern these Regions, or deny them with an SCP',
    ),
  ];
}

function inactive(source: Source, snapshot: Snapshot, { modes }: Resolved) {
  return modes.flatMap(({ guardrail, on }) => {
    const account = snapshot.accounts.find(({ id }) => id === on);
    if (account === undefined || account.status === 'ACTIVE') return [];
    return [
      source.atKey(
        ['guardrails', guardrail, 'accounts', on],
        `account ${on} is ${account.status}`,
        'nothing is deployed there; remove the line',
      ),
    ];
  });
}

function capped(source: Source, { modes, accounts }: Resolved) {
  return modes.flatMap((entry) => {
    const account = accounts.find(({ id }) => id === entry.on);
    if (account === undefined) return [];
    const { mode } = modeOf({ modes: [entry] }, entry.guardrail, account);
    if (mode === entry.mode) return [];
    return [
      source.atValue(
        ['guardrails', entry.guardrail, 'accounts', entry.on],
        `${entry.mode} in the ${account.kind} account is capped at ${mode}`,
        `write ${mode}`,
      ),
    ];
  });
}

function withoutTrail(source: Source, { trail }: Resolved) {
  if (trail.create || trail.existing !== undefined) return [];
  return [
    source.atKey(
      ['trail'],
      'no trail is named: without one nothing is seen',
      'write trail.existing with the ARN of the organization trail, or trail.create: true where there is none',
    ),
  ];
}

function locked(source: Source, { retention: { evidence } }: Resolved) {
  if (evidence.mode !== 'compliance') return [];
  return [
    source.atValue(
      ['retention', 'evidence', 'mode'],
      `in compliance mode nobody can delete evidence for ${evidence.days} days, nor shorten that`,
      'write governance unless a rule asks for compliance',
    ),
  ];
}

function listed(ids: readonly string[]): string {
  const shown = ids.slice(0, 3).join(', ');
  return ids.length > 3 ? `${shown} and ${ids.length - 3} more accounts` : shown;
}
