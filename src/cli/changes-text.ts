import type { Change, Changes, Snapshot } from '#config';
import { counted } from './output';

/** What a synchronization changed, one line for each account or unit. */
export function changesText(file: string, after: Snapshot, changes: Changes): string {
  const lines = [
    ...changes.unitsAdded.map((path) => `  + OU ${path}`),
    ...changes.unitsRemoved.map((path) => `  - OU ${path}`),
    ...changes.added.map(({ id, name, ouPath }) => `  + ${id} ${name} in ${ouPath}`),
    ...changes.removed.map(({ id, name, ouPath }) => `  - ${id} ${name}, was in ${ouPath}`),
    ...changes.moved.map((change) => line(change, 'moved')),
    ...changes.status.map((change) => line(change, 'status')),
    ...changes.regions.map(regionsLine),
  ];
  const size = `${counted(after.accounts.length, 'account')} in ${counted(after.organizationalUnits.length, 'organizational unit')}`;
  const head = `${file}: ${after.id}, ${size}`;
  return [head, ...(lines.length > 0 ? lines : ['  nothing changed'])].join('\n');
}

const line = ({ id, name, from, to }: Change, what: string): string =>
  `  ~ ${id} ${name} ${what}: ${from} → ${to}`;

function regionsLine({ id, name, from, to }: Change): string {
  const [before, now] = [from.split(' '), to.split(' ')];
  const on = now.filter((region) => region !== '' && !before.includes(region));
  const off = before.filter((region) => region !== '' && !now.includes(region));
  const parts = [
    ...(on.length > 0 ? [`enabled ${on.join(', ')}`] : []),
    ...(off.length > 0 ? [`disabled ${off.join(', ')}`] : []),
  ];
  return `  ~ ${id} ${name} Regions: ${parts.join('; ')}`;
}
