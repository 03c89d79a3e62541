import { existsSync, readFileSync } from 'node:fs';
import { type AnyOperation, operation, type Trail, type Trigger } from '#core';
import { shared } from './shared';

const FILE = shared('catalog/catalog.json');

/** Whether the catalogue of guardrails lies beside the repository. */
export const hasCatalogue = existsSync(FILE);

if (!hasCatalogue) console.warn(`${FILE} is missing: tests over the catalogue are left out`);

/** One row of the catalogue, as far as rules go. */
export interface Row {
  readonly id: string;
  readonly triggers: readonly Trigger[];
}

interface Written {
  readonly id: string;
  readonly src: readonly string[];
  readonly ev: readonly string[];
  /** Regional, global, management account, or by a note. */
  readonly scope: 'R' | 'G' | 'M' | 'L';
}

/** In whose rows the services and the names are meant pair by pair. */
const PAIRED = new Set(['LOG-13']);

/** Judged when failed too: an attempt to leave says enough. */
const JUDGED = new Set(['ORG-01']);

/** The rows that name their calls: three of 133 mean every call of every service. */
export function catalogue(): readonly Row[] {
  if (!hasCatalogue) return [];
  const rows: readonly Written[] = JSON.parse(readFileSync(FILE, 'utf8'));
  return rows
    .filter(({ ev }) => !ev.includes('*'))
    .map(({ id, src, ev, scope }) => ({
      id,
      triggers: src.map((service, index) =>
        triggerOf(service, PAIRED.has(id) ? ev.slice(index, index + 1) : ev, {
          failed: JUDGED.has(id) ? 'judged' : 'ignored',
          region: scope === 'R' ? 'own' : scope === 'L' ? 'any' : 'us-east-1',
        }),
      ),
    }));
}

function triggerOf(
  service: string,
  names: readonly string[],
  { failed, region }: { readonly failed: Trigger['failed']; readonly region: Trail['region'] },
): Trigger {
  const isRead = names.some((name) => /^(Get|List|Describe)/.test(name));
  return {
    failed,
    operation: operation<never, unknown>()({
      id: `${service}:${names.join()}`,
      access: isRead ? 'read' : 'write',
      iam: [],
      scope: '',
      trail: { source: `${service}.amazonaws.com`, names, region },
      absentOn: [],
      secret: [],
    }) as AnyOperation,
  };
}
