import type { Mode } from './decision';
import type { AccountFacts, AccountKind, Deployment, ModeEntry } from './deployment';

const LADDER: readonly Mode[] = ['off', 'observe', 'shadow', 'notify', 'approve', 'enforce'];

/** The highest rung per kind of account, until notify and approve exist (docs/decisions/0006). */
const CAPS: Readonly<Partial<Record<AccountKind, Mode>>> = {
  management: 'shadow',
  security: 'shadow',
  'log-archive': 'shadow',
};

/** The OU paths an account lies in, nearest first, ending with the root `/`. */
export function ancestors(ouPath: string): readonly string[] {
  const parts = ouPath.split('/').filter((part) => part !== '');
  return [...parts.map((_, i) => `/${parts.slice(0, parts.length - i).join('/')}`), '/'];
}

/**
 * The mode of a guardrail in an account: account before nearest OU before root; an entry for the
 * guardrail beats `*` at any depth; without any entry 'shadow'.
 */
export function modeOf(
  deployment: Pick<Deployment, 'modes'>,
  guardrail: string,
  account: { readonly id: string } & Pick<AccountFacts, 'kind' | 'ouPath'>,
): { readonly mode: Mode; readonly from: string } {
  const places = [account.id, ...ancestors(account.ouPath)];
  const entry =
    nearest(deployment.modes, guardrail, places) ?? nearest(deployment.modes, '*', places);
  const found = entry
    ? { mode: entry.mode, from: `${entry.guardrail} on ${entry.on}` }
    : { mode: 'shadow' as const, from: 'default' };
  const cap = CAPS[account.kind];
  if (cap === undefined || LADDER.indexOf(found.mode) <= LADDER.indexOf(cap)) return found;
  return { mode: cap, from: `${found.from}, capped in the ${account.kind} account` };
}

function nearest(
  entries: readonly ModeEntry[],
  guardrail: string,
  places: readonly string[],
): ModeEntry | undefined {
  for (const place of places) {
    const found = entries.find((entry) => entry.guardrail === guardrail && entry.on === place);
    if (found) return found;
  }
  return undefined;
}
